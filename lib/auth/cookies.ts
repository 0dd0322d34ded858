import type { CookiesOptions } from "next-auth";

const MINUTES = 60;
const SIGN_IN_MAX_AGE = 15 * MINUTES;

/** On https every cookie is bound to this very host (`__Host-`): no subdomain and no plain page can set one. */
const prefix = (consoleUrl: string) => (consoleUrl.startsWith("https:") ? "__Host-" : "");

export function sessionCookieName(consoleUrl: string): string {
  return `${prefix(consoleUrl)}keywarden.session`;
}

export function callbackCookieName(consoleUrl: string): string {
  return `${prefix(consoleUrl)}keywarden.callback`;
}

export function signInCookies(consoleUrl: string): Partial<CookiesOptions> {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: consoleUrl.startsWith("https:") } as const;
  const named = (name: string) => ({ name: `${prefix(consoleUrl)}keywarden.${name}`, options });
  const brief = (name: string) => ({ ...named(name), options: { ...options, maxAge: SIGN_IN_MAX_AGE } });
  return {
    sessionToken: { name: sessionCookieName(consoleUrl), options },
    callbackUrl: { name: callbackCookieName(consoleUrl), options },
    csrfToken: named("csrf"),
    pkceCodeVerifier: brief("pkce"),
    state: brief("state"),
    nonce: brief("nonce"),
  };
}
