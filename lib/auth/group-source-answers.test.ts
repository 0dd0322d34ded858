import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import type { SignInSettings } from "@/lib/env/sign-in-settings";
import { createGroupSource } from "./create-group-source";

const issuer = "https://idp.test/realm/";
const settings: SignInSettings = {
  url: "https://console.test",
  secret: "s".repeat(48),
  issuer,
  clientId: "keywarden",
  clientSecret: "client secret",
  scope: "openid",
  groupsClaim: "groups",
  groups: { viewer: [], manager: [], administrator: [] },
};
const description = {
  issuer,
  token_endpoint: "https://idp.test/token",
  jwks_uri: "https://idp.test/keys",
  userinfo_endpoint: "https://idp.test/me",
};
type Answers = Partial<Record<"description" | "token" | "me", [number, unknown]>>;

/** Asks a provider that answers as given; what is not given is as it should be. */
async function ask({ description: described = [200, description], token, me }: Answers) {
  const sent: { address: string; init: RequestInit | undefined }[] = [];
  const answers: Record<string, [number, unknown] | undefined> = {
    "https://idp.test/realm/.well-known/openid-configuration": described,
    "https://idp.test/token": token ?? [200, { access_token: "access", refresh_token: "next" }],
    "https://idp.test/me": me ?? [200, { sub: "max", groups: ["see"] }],
  };
  const source = createGroupSource(settings, async (address, init) => {
    sent.push({ address, init });
    const [status, body] = answers[address] ?? [404, {}];
    return Response.json(body, { status });
  });
  return { answer: await source({ refreshToken: "refresh", subject: "max" }), sent };
}
const unreachable = (reason: RegExp) => ({
  kind: "unreachable",
  cause: expect.objectContaining({ message: expect.stringMatching(reason) }),
});

describe("What the provider answers when it is asked for groups again", () => {
  test("may come from userinfo alone, with a refresh token for the next time; nothing follows a redirect", async () => {
    const { answer, sent } = await ask({});
    expect(answer).toEqual({ kind: "groups", groups: ["see"], refreshToken: "next" });
    for (const { init } of sent) expect(init).toMatchObject({ redirect: "error", signal: expect.any(AbortSignal) });
  });

  test("may leave the refresh token as it was", async () => {
    const { answer } = await ask({ token: [200, { access_token: "access" }] });
    expect(answer).toEqual({ kind: "groups", groups: ["see"], refreshToken: null });
  });

  test.each<[string, Answers, RegExp]>([
    ["a failure without a code", { token: [500, {}] }, /answered 500 \(no error code\)/],
    ["another refusal than of the token", { token: [400, { error: "invalid_client" }] }, /400 \(invalid_client\)/],
    ["a refusal under another status", { token: [401, { error: "invalid_grant" }] }, /401 \(invalid_grant\)/],
    ["a description that fails", { description: [503, {}] }, /description answered 503/],
    ["another issuer", { description: [200, { ...description, issuer: "https://evil.test" }] }, /another issuer/],
    ["no description", { description: [200, { issuer }] }, /token_endpoint/],
    ["userinfo that fails", { me: [500, {}] }, /userinfo endpoint answered 500/],
    ["userinfo of somebody else", { me: [200, { sub: "ada", groups: ["all"] }] }, /sub/],
  ])("is no answer to rely on: %s", async (_, answers, reason) => {
    expect((await ask(answers)).answer).toEqual(unreachable(reason));
  });

  test.each<[string, Answers]>([
    ["there is no userinfo", { description: [200, { ...description, userinfo_endpoint: undefined }] }],
    ["there is no access token", { token: [200, {}] }],
  ])("has no groups where %s, and nobody keeps a role by that", async (_, answers) => {
    expect((await ask(answers)).answer).toEqual({ kind: "unreadable", reason: "missing" });
  });

  test("is refused only where the provider says that the token is no longer good", async () => {
    expect((await ask({ token: [400, { error: "invalid_grant" }] })).answer).toEqual({ kind: "refused" });
  });

  test("a token that a shared secret or nobody has signed proves nothing", async () => {
    const claims = { groups: ["all"], sub: "max" };
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer(issuer)
      .setAudience("keywarden")
      .sign(new TextEncoder().encode(settings.clientSecret));
    const [, payload] = shared.split(".");
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    for (const id_token of [shared, unsigned, "no.token.at-all"]) {
      expect((await ask({ token: [200, { id_token }] })).answer).toMatchObject({ kind: "unreachable" });
    }
  });
});
