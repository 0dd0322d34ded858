import { describe, expect, test } from "vitest";
import { apiSecurityHeaders, contentSecurityPolicy, pageSecurityHeaders } from "./security-headers";

const production = { nonce: "bm9uY2U=", development: false, signInOrigin: "https://login.example.com" };
const directive = (policy: string, name: string) =>
  policy
    .split("; ")
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1)
    .split(" ");

describe("The page's content security policy", () => {
  const policy = contentSecurityPolicy(production);

  test("runs scripts by nonce only", () => {
    expect(directive(policy, "script-src")).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  });

  test("lets nobody frame the console, embed objects or move its base", () => {
    for (const name of ["frame-ancestors", "object-src", "base-uri"])
      expect(directive(policy, name)).toEqual(["'none'"]);
  });

  test("lets forms go to this console and to the identity provider", () => {
    expect(directive(policy, "form-action")).toEqual(["'self'", "https://login.example.com"]);
    expect(directive(contentSecurityPolicy({ ...production, signInOrigin: null }), "form-action")).toEqual(["'self'"]);
  });

  test("loosens scripts in development alone", () => {
    expect(policy).not.toContain("unsafe-eval");
    expect(contentSecurityPolicy({ ...production, development: true })).toContain("'unsafe-eval'");
  });
});

test("Strict transport security is said over https only", () => {
  expect(pageSecurityHeaders(production, true)["strict-transport-security"]).toMatch(/max-age=31536000/);
  expect(pageSecurityHeaders(production, false)).not.toHaveProperty("strict-transport-security");
});

test("Nothing in an API answer may run or be framed", () => {
  expect(apiSecurityHeaders()).toMatchObject({
    "content-security-policy": expect.stringContaining("default-src 'none'; frame-ancestors 'none'"),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
});
