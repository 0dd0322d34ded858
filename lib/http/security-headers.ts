/** Headers that do not depend on the page. */
const everywhere: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-dns-prefetch-control": "off",
};

const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Said over https only: plain http on this machine's own address does not want it. */
const transport = (https: boolean): Record<string, string> =>
  https ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {};

/** For answers that are data: nothing in them may ever run, even when opened as a page. */
export function apiSecurityHeaders(https = false): Record<string, string> {
  return { ...everywhere, ...transport(https), "content-security-policy": apiPolicy };
}

export type PagePolicy = {
  nonce: string;
  /** The development server evaluates code and speaks over a socket. */
  development: boolean;
  /** The identity provider's origin: a form's redirect ends there. */
  signInOrigin: string | null;
};

/**
 * Scripts run by nonce only. Inline styles stay allowed as attributes: Base UI and driver.js place popups with them, and
 * a nonce cannot cover an attribute.
 */
export function contentSecurityPolicy({ nonce, development, signInOrigin }: PagePolicy): string {
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    "style-src": development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(development ? ["ws:"] : [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'", ...(signInOrigin ? [signInOrigin] : [])],
    "frame-ancestors": ["'none'"],
    "frame-src": ["'none'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(" ")}`)
    .join("; ");
}

export function pageSecurityHeaders(policy: PagePolicy, https: boolean): Record<string, string> {
  return { ...everywhere, ...transport(https), "content-security-policy": contentSecurityPolicy(policy) };
}
