import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callbackPath } from "./callback-path";

const console = "https://keywarden.example.com";
const lands = (value: unknown) => new URL(callbackPath(value, console), console);

describe("After sign-in", () => {
  test.each([
    "/organizations/acme",
    "/organizations/acme/service-accounts?expiry=expired,critical&page=2",
    "/settings#members",
  ])("%s is gone to", (path) => expect(callbackPath(path, console)).toBe(path));

  test("an address of this console is gone to as a path", () => {
    expect(callbackPath(`${console}/settings`, console)).toBe("/settings");
  });

  test.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/\\evil.example",
    "/\t/evil.example",
    "https://keywarden.example.com@evil.example/",
    "https://user:word@keywarden.example.com/settings",
    "https://keywarden.example.com.evil.example/",
    "http://keywarden.example.com/settings",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://keywarden.example.com//evil.example",
    "/%2e%2e//evil.example/..//evil.example",
    "/api/auth/signout",
    "/sign-in?callbackUrl=/sign-in",
    "http://[",
    "",
    null,
    undefined,
    7,
    ["/settings"],
  ])("%j leads to the start page, on this console", (value) => {
    expect(lands(value).origin).toBe(console);
    expect(callbackPath(value, console)).toBe("/organizations");
  });

  test("an endless address leads to the start page", () => {
    expect(callbackPath(`/settings?${"a".repeat(3000)}`, console)).toBe("/organizations");
  });

  test("10,000 invented addresses never leave this console and never throw", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "//",
      ":",
      "@",
      "?",
      "#",
      "..",
      "%2f",
      "%5c",
      "\t",
      "\n",
      "\0",
      "evil.example",
      "https",
      "javascript",
      "[",
      "]",
      "keywarden.example.com",
    );
    const address = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.anything(),
    );
    fc.assert(
      fc.property(address, (value) => {
        const path = callbackPath(value, console);
        return path.startsWith("/") && !path.startsWith("//") && new URL(path, console).origin === console;
      }),
      { numRuns: 10_000 },
    );
  });
});
