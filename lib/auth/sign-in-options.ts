import type { AuthOptions, Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { SESSION_ABSOLUTE_MS } from "@/lib/domain/operator-session";
import type { SignInSettings } from "@/lib/env/sign-in-settings";
import { pages } from "@/lib/paths/paths";
import type { AppContext } from "@/lib/services/context";
import { endSession } from "@/lib/services/sessions/end";
import { startSession } from "@/lib/services/sessions/start";
import { callbackPath } from "./callback-path";
import { claimsOf } from "./claims-of";
import { signInCookies } from "./cookies";
import { type Entry, enterOrRefuse } from "./enter-or-refuse";
import { sessionIdOf } from "./session-token";

export const PROVIDER_ID = "oidc";
const SESSION_SECONDS = SESSION_ABSOLUTE_MS / 1000;
const HTTP_TIMEOUT_MS = 8_000;

export type SignInRequest = { context: AppContext; address: string | null; sessionToken: string | undefined };

/** next-auth for one request. The cookie holds the session's identifier and nothing else; the row holds the role. */
export function signInOptions({ context, address, sessionToken }: SignInRequest): AuthOptions {
  const { signIn } = context.environment;
  let entry: Entry | undefined;
  return {
    providers: [provider(signIn)],
    secret: signIn.secret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    cookies: signInCookies(signIn.url),
    useSecureCookies: signIn.url.startsWith("https:"),
    pages: { signIn: pages.signIn, signOut: pages.signIn, error: pages.signIn },
    callbacks: {
      redirect: ({ url }) => `${signIn.url}${callbackPath(url, signIn.url)}`,
      async signIn({ account, profile }) {
        const refreshToken = account?.refresh_token ?? null;
        const answer = await enterOrRefuse(context, { claims: profile, refreshToken, address }).catch(
          (error: unknown) => {
            context.logger.error({ err: error }, "A sign-in could not be recorded, so nobody was let in.");
          },
        );
        if (!answer) return `${pages.signIn}?error=Unrecorded`;
        if (!answer.entered) return `${pages.noRole}?reason=${answer.reason}`;
        entry = answer.entry;
        return true;
      },
      async jwt({ token, trigger }) {
        if (trigger !== "signIn" && trigger !== "signUp") return { sid: token.sid };
        if (!entry) throw new Error("A session was asked for before anybody was let in.");
        const before = await sessionIdOf(sessionToken, signIn.secret);
        if (before) await endSession({ context, input: { sessionId: before, reason: "replaced", address } });
        return { sid: await startSession({ context, input: { ...entry, address } }) };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) => context.logger.warn({ code, reason: reasonOf(metadata) }, "Sign-in failed."),
      warn: (code) => context.logger.debug({ code }, "Sign-in warning."),
      debug: () => undefined,
    },
  };
}

function provider(settings: SignInSettings): OAuthConfig<Profile> {
  return {
    id: PROVIDER_ID,
    name: "Company account",
    type: "oauth",
    wellKnown: `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    // `max_age` makes the provider say when the person last signed in there (auth_time).
    authorization: { params: { scope: settings.scope, max_age: SESSION_SECONDS } },
    httpOptions: { timeout: HTTP_TIMEOUT_MS },
    userinfo: {
      request: ({ tokens, client }) => {
        const ask = (accessToken: string) => client.userinfo(accessToken);
        return claimsOf(tokens, settings.groupsClaim, ask);
      },
    },
    profile: ({ sub, name, email }) => ({ id: sub ?? "", name, email }),
  };
}

function reasonOf(metadata: unknown): string {
  const error = z.object({ error: z.instanceof(Error) }).safeParse(metadata);
  if (error.success) return error.data.error.message;
  return metadata instanceof Error ? metadata.message : "unknown";
}
