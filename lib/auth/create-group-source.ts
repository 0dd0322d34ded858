import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { SignInSettings } from "@/lib/env/sign-in-settings";
import type { GroupSource, GroupsAnswer } from "@/lib/services/sessions/group-source";
import { parseGroups } from "./parse-groups";

/** Signatures by the provider's own key pair; nothing that a shared or no key could make. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const DEADLINE_MS = 5_000;
const DESCRIPTION_KEPT_MS = 10 * 60_000;
const descriptionSchema = z.object({
  issuer: z.string(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});
const tokensSchema = z.object({
  access_token: z.string().optional(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
});
type Tokens = z.infer<typeof tokensSchema>;
const errorSchema = z.object({ error: z.string() });
type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

/** Asks the provider by its refresh token (OpenID Connect Core, section 12), and believes verified claims only. */
export function createGroupSource(
  settings: SignInSettings,
  send: Fetch = fetch,
  now: () => number = Date.now,
): GroupSource {
  const request: Fetch = (address, init) =>
    send(address, { ...init, redirect: "error", signal: AbortSignal.timeout(DEADLINE_MS) });
  const provider = describeProvider(settings, request, now);

  async function refresh(refreshToken: string): Promise<Tokens | "refused"> {
    const { tokenEndpoint } = await provider();
    const credential = [settings.clientId, settings.clientSecret].map(encodeForBasic).join(":");
    const response = await request(tokenEndpoint, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(credential).toString("base64")}`, accept: "application/json" },
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }),
    });
    const body: unknown = await response.json();
    if (response.ok) return tokensSchema.parse(body);
    const problem = errorSchema.safeParse(body);
    if (response.status === 400 && problem.data?.error === "invalid_grant") return "refused";
    throw new Error(`The token endpoint answered ${response.status} (${problem.data?.error ?? "no error code"}).`);
  }

  async function claimsOf(tokens: Tokens, subject: string): Promise<JWTPayload> {
    const { keys, userinfoEndpoint } = await provider();
    const { issuer, clientId: audience, groupsClaim } = settings;
    const idToken = tokens.id_token
      ? (await jwtVerify(tokens.id_token, keys, { algorithms, issuer, audience, subject, clockTolerance: 10 })).payload
      : {};
    if (parseGroups(idToken, groupsClaim).kind !== "missing" || !userinfoEndpoint || !tokens.access_token)
      return idToken;
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const response = await request(userinfoEndpoint, { headers });
    if (!response.ok) throw new Error(`The userinfo endpoint answered ${response.status}.`);
    const claims = z.looseObject({ sub: z.literal(subject) }).parse(await response.json());
    return { ...idToken, ...claims };
  }

  return async ({ refreshToken, subject }): Promise<GroupsAnswer> => {
    try {
      const tokens = await refresh(refreshToken);
      if (tokens === "refused") return { kind: "refused" };
      const reading = parseGroups(await claimsOf(tokens, subject), settings.groupsClaim);
      if (reading.kind !== "groups") return { kind: "unreadable", reason: reading.kind };
      return { ...reading, refreshToken: tokens.refresh_token ?? null };
    } catch (cause) {
      return { kind: "unreachable", cause };
    }
  };
}

/** The provider's own description, kept for ten minutes; keys are fetched again when an unknown one has signed. */
function describeProvider(settings: SignInSettings, request: Fetch, now: () => number) {
  const read = async () => {
    const address = `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const response = await request(address);
    if (!response.ok) throw new Error(`The provider's description answered ${response.status}.`);
    const description = descriptionSchema.parse(await response.json());
    if (description.issuer !== settings.issuer) throw new Error("The provider describes itself as another issuer.");
    return {
      tokenEndpoint: description.token_endpoint,
      userinfoEndpoint: description.userinfo_endpoint,
      keys: createRemoteJWKSet(new URL(description.jwks_uri), {
        timeoutDuration: DEADLINE_MS,
        cooldownDuration: 0,
      }),
    };
  };
  let kept: { until: number; provider: ReturnType<typeof read> } | undefined;
  return () => {
    if (!kept || kept.until <= now()) {
      const provider = read();
      kept = { until: now() + DESCRIPTION_KEPT_MS, provider };
      provider.catch(() => {
        kept = undefined;
      });
    }
    return kept.provider;
  };
}

/** RFC 6749, section 2.3.1: form-encoded before it is joined. */
function encodeForBasic(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}
