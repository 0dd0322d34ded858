import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SignInSettings } from "@/lib/env/sign-in-settings";
import { type IdentityProvider, startIdentityProvider } from "@/lib/simulator/identity-provider/start";
import { createGroupSource } from "./create-group-source";

const redirectUri = "http://localhost:3998/api/auth/callback/oidc";
const clientSecret = "a client:secret with odd/characters+";
let provider: IdentityProvider;
let settings: SignInSettings;

beforeAll(async () => {
  const clients = [{ clientId: "keywarden", clientSecret, redirectUris: [redirectUri] }];
  provider = await startIdentityProvider({ port: 0, clients });
  settings = {
    url: "http://localhost:3998",
    secret: "x".repeat(40),
    issuer: provider.issuer,
    clientId: "keywarden",
    clientSecret,
    scope: "openid profile email offline_access",
    groupsClaim: "groups",
    groups: { viewer: [], manager: [], administrator: [] },
  };
});
beforeEach(() => provider.control.reset());
afterAll(() => provider.close());

/** The provider's own flow, as a browser and next-auth go through it. */
async function refreshTokenOf(signInName: string): Promise<string> {
  const verifier = randomBytes(32).toString("base64url");
  const jar = new Map<string, string>();
  const go = async (address: string, init: RequestInit = {}) => {
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(address, { ...init, redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return new URL(response.headers.get("location") ?? "/", address).toString();
  };
  const query = new URLSearchParams({
    client_id: "keywarden",
    response_type: "code",
    redirect_uri: redirectUri,
    scope: settings.scope,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const page = await go(`${provider.issuer}/auth?${query}`);
  const resumed = await go(page, { method: "POST", body: new URLSearchParams({ signInName }) });
  const back = new URL(await go(resumed));
  const encoded = [settings.clientId, clientSecret].map((part) =>
    new URLSearchParams({ "": part }).toString().slice(1),
  );
  const response = await fetch(`${provider.issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(encoded.join(":")).toString("base64")}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: back.searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  });
  return (await response.json()).refresh_token;
}

const max = { signInName: "max.manager@example.com", subject: "demo-max" };
async function question() {
  return { refreshToken: await refreshTokenOf(max.signInName), subject: max.subject };
}

describe("Asking the provider for groups again", () => {
  test("brings the groups of now, with a client secret of any characters", async () => {
    const ask = createGroupSource(settings);
    const asked = await question();
    expect(await ask(asked)).toMatchObject({ kind: "groups", groups: ["keywarden-managers"] });
    provider.control.people.change(max.signInName, { groups: [] });
    expect(await ask(asked)).toMatchObject({ kind: "groups", groups: [] });
  });

  test("says when the provider no longer knows the sign-in", async () => {
    expect(await createGroupSource(settings)({ refreshToken: "unknown", subject: max.subject })).toEqual({
      kind: "refused",
    });
  });

  test.each([
    ["overage", { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://graph.example" } } }],
    ["malformed", { groups: "keywarden-administrators" }],
    ["missing", {}],
  ])("says when the groups cannot be read: %s", async (reason, claims) => {
    const asked = await question();
    provider.control.people.change(max.signInName, { claims });
    expect(await createGroupSource(settings)(asked)).toEqual({ kind: "unreadable", reason });
  });

  test("goes on after the provider has changed its keys", async () => {
    const ask = createGroupSource(settings);
    const asked = await question();
    await ask(asked);
    await provider.control.rotateKeys();
    expect((await ask(asked)).kind).toBe("groups");
  });

  test.each(["down", "failing"] as const)(
    "is out of reach while the provider is %s, and back with it",
    async (state) => {
      const ask = createGroupSource(settings);
      const asked = await question();
      provider.control.availability = state;
      expect((await ask(asked)).kind).toBe("unreachable");
      provider.control.availability = "up";
      expect((await ask(asked)).kind).toBe("groups");
    },
  );

  test("believes nobody else's token: another subject, issuer or client", async () => {
    const asked = await question();
    expect((await createGroupSource(settings)({ ...asked, subject: "demo-ada" })).kind).toBe("unreachable");
    const elsewhere = { ...settings, issuer: provider.issuer.replace("localhost", "127.0.0.1") };
    expect((await createGroupSource(elsewhere)(asked)).kind).toBe("unreachable");
    expect((await createGroupSource({ ...settings, clientSecret: "wrong" })(asked)).kind).toBe("unreachable");
  });
});
