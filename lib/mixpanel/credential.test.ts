import { expect, it } from "vitest";
import { authorizationOf, createRedactor } from "./credential";

const credential = { username: "a.0a1b2c.mp-service-account", secret: "s3cretS3cret" };

it("takes the secret out in each form it travels in", () => {
  const redact = createRedactor(credential);
  const header = authorizationOf(credential);
  expect(Buffer.from(header.slice(6), "base64").toString()).toBe(`${credential.username}:${credential.secret}`);
  expect(redact(`bad ${header} for ${credential.secret}/${credential.secret}`)).toBe(
    "bad Basic [removed] for [removed]/[removed]",
  );
});

it("leaves text alone when there is no secret", () => {
  expect(createRedactor({ username: "a", secret: "" })("abc")).toBe("abc");
});
