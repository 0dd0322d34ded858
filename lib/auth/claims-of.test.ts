import { SignJWT } from "jose";
import { describe, expect, test, vi } from "vitest";
import { claimsOf } from "./claims-of";

/** next-auth verifies the signature before; what is read here is only what it says. */
const idToken = (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new Uint8Array(32));
const nobodyAsks = vi.fn(async () => ({ sub: "max", groups: ["all"] }));

describe("The claims of a sign-in", () => {
  test("are the ID token's own where it holds groups, in whatever form: userinfo never speaks against it", async () => {
    for (const groups of [["see"], [], "all", null, { all: true }]) {
      const tokens = { id_token: await idToken({ sub: "max", groups }), access_token: "a" };
      expect(await claimsOf(tokens, "groups", nobodyAsks)).toMatchObject({ sub: "max", groups });
    }
    expect(nobodyAsks).not.toHaveBeenCalled();
  });

  test("take groups from userinfo where the ID token has none, and nothing that it says already", async () => {
    const asked = vi.fn(async () => ({ sub: "max", groups: ["see"], email: "other@example.com" }));
    const tokens = { id_token: await idToken({ sub: "max", email: "max@example.com" }), access_token: "a" };
    expect(await claimsOf(tokens, "groups", asked)).toMatchObject({
      sub: "max",
      email: "max@example.com",
      groups: ["see"],
    });
    expect(asked).toHaveBeenCalledExactlyOnceWith("a");
  });

  test.each([
    ["is another person's", async () => ({ sub: "ada", groups: ["all"] })],
    ["names nobody", async () => ({ groups: ["all"] })],
    ["is no object", async () => "groups"],
    ["cannot be asked", async () => Promise.reject(new Error("no"))],
  ])("stay without groups where userinfo %s", async (_, ask) => {
    const tokens = { id_token: await idToken({ sub: "max" }), access_token: "a" };
    expect(await claimsOf(tokens, "groups", ask)).not.toHaveProperty("groups");
  });

  test("stay without groups where there is no access token to ask with", async () => {
    expect(await claimsOf({ id_token: await idToken({ sub: "max" }) }, "groups", nobodyAsks)).not.toHaveProperty(
      "groups",
    );
    expect(nobodyAsks).not.toHaveBeenCalled();
  });

  test("of nobody are refused", async () => {
    await expect(claimsOf({ id_token: await idToken({ groups: ["all"] }) }, "groups", nobodyAsks)).rejects.toThrow();
    await expect(claimsOf({ access_token: "a" }, "groups", nobodyAsks)).rejects.toThrow();
  });
});
