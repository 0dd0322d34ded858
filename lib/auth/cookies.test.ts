import { expect, test } from "vitest";
import { callbackCookieName, sessionCookieName, signInCookies } from "./cookies";

const https = "https://keywarden.example.com";
const http = "http://localhost:3000";

test("On https every cookie is bound to this very host, sent over TLS only and out of reach of scripts", () => {
  const cookies = Object.values(signInCookies(https));
  expect(cookies.length).toBe(6);
  for (const { name, options } of cookies) {
    expect(name).toMatch(/^__Host-keywarden\.[a-z]+$/);
    // Browsers take the prefix only with Secure, path / and no domain.
    expect(options).toMatchObject({ secure: true, httpOnly: true, sameSite: "lax", path: "/" });
    expect(options).not.toHaveProperty("domain");
  }
  expect(sessionCookieName(https)).toBe(signInCookies(https).sessionToken?.name);
  expect(callbackCookieName(https)).toBe(signInCookies(https).callbackUrl?.name);
});

test("Over plain http on this machine the prefix, which browsers would refuse, is left out", () => {
  for (const { name, options } of Object.values(signInCookies(http))) {
    expect(name).toMatch(/^keywarden\.[a-z]+$/);
    expect(options).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax", path: "/" });
  }
});

test("What belongs to a sign-in under way is gone after a quarter of an hour", () => {
  const { pkceCodeVerifier, state, nonce } = signInCookies(https);
  for (const cookie of [pkceCodeVerifier, state, nonce]) expect(cookie?.options.maxAge).toBe(900);
});
