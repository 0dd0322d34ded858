import fc from "fast-check";
import { expect, test } from "vitest";
import { secretsIn } from "./named-secrets";
import { createSecretFinder } from "./secret-finder";

const value = fc.stringMatching(/^[A-Za-z0-9+/=" %-]{24,60}$/);

test("finds the same as the search that tries one secret after the other", () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 6 }),
      fc.array(fc.string(), { maxLength: 6 }),
      (values, noise) => {
        const secrets = values.map((each, index) => ({ name: `secret ${index}`, value: each }));
        const find = createSecretFinder(secrets);
        const text = noise.map((each, index) => each + (index % 2 ? (values[index] ?? "") : "")).join("");
        for (const form of [text, JSON.stringify(text), values.map(encodeURIComponent).join(" "), btoaOf(text)]) {
          expect(find(form).toSorted()).toEqual([...new Set(secretsIn(form, secrets))].toSorted());
        }
      },
    ),
  );
});

const btoaOf = (text: string) => Buffer.from(text).toString("base64");
