import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { Configuration } from "oidc-provider";
import type { People } from "./people";

export type ClientSettings = {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  signedOutUris?: string[];
};

const HOUR = 3600;

export async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: crypto.randomUUID() };
}

/**
 * A provider as companies run them: code flow with PKCE, refresh tokens, groups in the ID token, a single sign-on session.
 * Consent is given beforehand, as an administrator does for a company's own applications.
 */
export function providerConfiguration(
  people: People,
  clients: ClientSettings[],
  key: JWK,
  cookieKey: string,
): Configuration {
  return {
    clients: clients.map(({ clientId, clientSecret, redirectUris, signedOutUris = [] }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: redirectUris,
      post_logout_redirect_uris: signedOutUris,
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
    })),
    jwks: { keys: [key] },
    cookies: {
      keys: [cookieKey],
      names: { session: "demo_provider", interaction: "demo_provider_step", resume: "demo_provider_resume" },
    },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username", "groups", "hasgroups"],
    },
    scopes: ["openid", "profile", "email", "offline_access"],
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: HOUR,
      IdToken: HOUR,
      AuthorizationCode: 60,
      RefreshToken: 24 * HOUR,
      Session: 12 * HOUR,
      Interaction: HOUR,
      Grant: 24 * HOUR,
    },
    findAccount: (_, id) => {
      const person = people.findById(id);
      if (!person) return undefined;
      const { signInName, name, groups, claims } = person;
      const known = { sub: id, email: signInName, email_verified: true, name, preferred_username: signInName };
      return { accountId: id, claims: () => ({ ...known, ...(claims ?? { groups: [...groups] }) }) };
    },
    async loadExistingGrant({ oidc }) {
      const { client, session, provider, account } = oidc;
      if (!client || !session || !account) return undefined;
      const known = oidc.result?.consent?.grantId ?? session.grantIdFor(client.clientId);
      const found = known ? await provider.Grant.find(known) : undefined;
      if (found) return found;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
      grant.addOIDCScope("openid profile email offline_access");
      await grant.save();
      return grant;
    },
  };
}
