import { createHash, randomBytes } from "node:crypto";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type IdentityProvider, startIdentityProvider } from "./start";

const redirectUri = "http://localhost:3999/api/auth/callback/oidc";
const basic = `Basic ${Buffer.from("keywarden:demo-secret").toString("base64")}`;
let provider: IdentityProvider;

beforeAll(async () => {
  const clients = [{ clientId: "keywarden", clientSecret: "demo-secret", redirectUris: [redirectUri] }];
  provider = await startIdentityProvider({ port: 0, clients });
});
beforeEach(() => provider.control.reset());
afterAll(() => provider.close());

class Browser {
  private readonly jar = new Map<string, string>();

  async go(address: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(address, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.jar.set(name, value);
      else this.jar.delete(name);
    }
    return response;
  }

  /** Follows redirects until the page or the application's own address. */
  async follow(address: string, init?: RequestInit): Promise<{ url: string; page: string }> {
    let response = await this.go(address, init);
    let url = address;
    while (response.status >= 300 && response.status < 400) {
      url = new URL(response.headers.get("location") ?? "", url).toString();
      if (url.startsWith(redirectUri)) return { url, page: "" };
      response = await this.go(url);
    }
    return { url, page: await response.text() };
  }
}

async function authorize(browser: Browser, signInName: string | null, extra: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString("base64url");
  const parameters = new URLSearchParams({
    client_id: "keywarden",
    response_type: "code",
    redirect_uri: redirectUri,
    scope: "openid profile email offline_access",
    state: "a-state",
    nonce: "a-nonce",
    max_age: "43200",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...extra,
  });
  let at = await browser.follow(`${provider.issuer}/auth?${parameters}`);
  const asked = !at.url.startsWith(redirectUri);
  if (asked && signInName) {
    const body = new URLSearchParams({ signInName });
    at = await browser.follow(at.url, { method: "POST", body });
  }
  return { verifier, asked, page: at.page, answer: new URL(at.url).searchParams };
}

async function tokens(body: Record<string, string>): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${provider.issuer}/token`, {
    method: "POST",
    headers: { authorization: basic },
    body: new URLSearchParams(body),
  });
  return { status: response.status, body: await response.json() };
}

async function signIn(signInName: string) {
  const { verifier, answer } = await authorize(new Browser(), signInName);
  const code = answer.get("code") ?? "";
  const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
  return { grant, ...(await tokens(grant)) };
}

describe("The demo identity provider", () => {
  test("shows every person as a button, and a field for the sign-in name", async () => {
    const { page } = await authorize(new Browser(), null);
    for (const { signInName } of provider.control.people.list()) expect(page).toContain(`value="${signInName}"`);
    expect(page).toContain('name="signInName"');
  });

  test("answers a code flow with a signed ID token: groups, nonce and the time of sign-in", async () => {
    const { body } = await signIn("max.manager@example.com");
    const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`));
    const { payload } = await jwtVerify(body.id_token ?? "", keys, { issuer: provider.issuer, audience: "keywarden" });
    expect(payload).toMatchObject({
      sub: "demo-max",
      name: "Max Okafor",
      email: "max.manager@example.com",
      groups: ["keywarden-managers"],
      nonce: "a-nonce",
    });
    expect(Math.abs(Number(payload.auth_time) - Date.now() / 1000)).toBeLessThan(60);
  });

  test("refuses a code without its PKCE verifier, and a second use", async () => {
    const { verifier, answer } = await authorize(new Browser(), "vera.viewer@example.com");
    const code = { grant_type: "authorization_code", code: answer.get("code") ?? "", redirect_uri: redirectUri };
    expect((await tokens({ ...code, code_verifier: "x".repeat(43) })).status).toBe(400);
    expect((await tokens({ ...code, code_verifier: verifier })).status).toBe(200);
    expect((await tokens({ ...code, code_verifier: verifier })).status).toBe(400);
  });

  test("tells changed groups at the next refresh", async () => {
    const { body } = await signIn("ada.administrator@example.com");
    provider.control.people.change("ada.administrator@example.com", { groups: [] });
    const refreshed = await tokens({ grant_type: "refresh_token", refresh_token: body.refresh_token ?? "" });
    expect(decodeJwt(refreshed.body.id_token ?? "")).toMatchObject({ sub: "demo-ada", groups: [] });
  });

  test("tells an overage as Entra ID does, and any malformed claim", async () => {
    const overage = {
      _claim_names: { groups: "src1" },
      _claim_sources: { src1: { endpoint: "https://graph.example" } },
    };
    provider.control.people.change("nadia.nobody@example.com", { claims: overage });
    const { body } = await signIn("nadia.nobody@example.com");
    expect(decodeJwt(body.id_token ?? "")).toMatchObject({ _claim_names: { groups: "src1" } });
    provider.control.people.change("nadia.nobody@example.com", { claims: { groups: "keywarden-administrators" } });
    expect(decodeJwt((await signIn("nadia.nobody@example.com")).body.id_token ?? "")).toMatchObject({
      groups: "keywarden-administrators",
    });
  });

  test("signs in silently the second time, and asks again for prompt=login", async () => {
    const browser = new Browser();
    await authorize(browser, "vera.viewer@example.com");
    expect(await authorize(browser, null)).toMatchObject({ asked: false });
    expect(await authorize(browser, null, { prompt: "login" })).toMatchObject({ asked: true });
  });

  test("can be down, and can change its signing key without forgetting refresh tokens", async () => {
    const { body } = await signIn("vera.viewer@example.com");
    provider.control.availability = "down";
    await expect(fetch(`${provider.issuer}/jwks`)).rejects.toThrow();
    provider.control.availability = "up";
    await provider.control.rotateKeys();
    const refreshed = await tokens({ grant_type: "refresh_token", refresh_token: body.refresh_token ?? "" });
    const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`));
    await expect(jwtVerify(refreshed.body.id_token ?? "", keys)).resolves.toBeDefined();
    await expect(jwtVerify(body.id_token ?? "", keys)).rejects.toThrow();
  });

  test("changes groups over its control address", async () => {
    const change = { signInName: "vera.viewer@example.com", groups: ["keywarden-managers"] };
    const answer = await fetch(`${provider.issuer}/__identity-provider/groups`, {
      method: "POST",
      body: JSON.stringify(change),
    });
    expect(await answer.json()).toMatchObject(change);
    expect(provider.control.people.find("vera.viewer@example.com")?.groups).toEqual(["keywarden-managers"]);
  });
});
