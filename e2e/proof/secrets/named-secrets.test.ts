import fc from "fast-check";
import { expect, test } from "vitest";
import { secretsIn } from "./named-secrets";

const value = fc.stringMatching(/^[A-Za-z0-9+/=" %-]{24,60}$/);
const around = fc.string({ maxLength: 40 });

test("a secret is found in each form in which it could travel, wherever it stands", () => {
  fc.assert(
    fc.property(value, around, around, (secret, before, after) => {
      const secrets = [{ name: "canary", value: secret }];
      const found = (text: string) => expect(secretsIn(text, secrets)).toEqual(["canary"]);
      found(before + secret + after);
      found(JSON.stringify({ text: before + secret + after }));
      found(before + encodeURIComponent(secret) + after);
      found(Buffer.from(before + secret + after).toString("base64"));
    }),
  );
});

test("what holds no secret is not suspected", () => {
  const secrets = [{ name: "canary", value: "0123456789abcdef0123456789abcdef" }];
  expect(secretsIn("0123456789abcdef and 0123456789ABCDEF0123456789ABCDEF", secrets)).toEqual([]);
});
