import { decode, encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { sessionIdOf } from "./session-token";

const secret = "s".repeat(40);
const sid = "i".repeat(43);

test("The cookie gives the session's identifier back to who sealed it, and nothing to anybody else", async () => {
  const token = await encode({ token: { sid }, secret });
  expect(await sessionIdOf(token, secret)).toBe(sid);
  expect(await sessionIdOf(token, "t".repeat(40))).toBeNull();
  expect(await sessionIdOf(`${token.slice(0, -4)}AAAA`, secret)).toBeNull();
  expect(Object.keys((await decode({ token, secret })) ?? {}).sort()).toEqual(["exp", "iat", "jti", "sid"]);
});

test.each([undefined, "", "x", "eyJhbGciOiJub25lIn0.eyJzaWQiOiJpaWkifQ.", `Bearer ${sid}`])(
  "%j is no session",
  async (token) => {
    expect(await sessionIdOf(token, secret)).toBeNull();
  },
);

test("A sealed token of another kind, or one that has run out, is no session", async () => {
  expect(await sessionIdOf(await encode({ token: { sid }, secret, salt: "keywarden.state" }), secret)).toBeNull();
  expect(await sessionIdOf(await encode({ token: { value: sid }, secret }), secret)).toBeNull();
  expect(await sessionIdOf(await encode({ token: { sid }, secret, maxAge: -60 }), secret)).toBeNull();
});
