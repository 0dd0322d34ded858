const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that may change something was not started by a page of this console. The browser's own word counts
 * first, then the Origin; a request with neither is refused, for no browser of today sends one.
 */
export function isCrossSite(request: { method: string; headers: Headers }, consoleUrl: string): boolean {
  if (safeMethods.has(request.method)) return false;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  return request.headers.get("origin") !== new URL(consoleUrl).origin;
}
