import { pages } from "@/lib/paths/paths";

const LENGTH_MAX = 2_000;
/** Browsers read a backslash as a slash and drop control characters: neither has a place in an address of ours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const treacherous = /[\u0000-\u001f\u007f\\]/;

/**
 * Where to go after sign-in: a page of this console, as a path. Anything else (another origin, the API, the sign-in page
 * itself, no address at all) leads to the start page.
 */
export function callbackPath(value: unknown, consoleUrl: string): string {
  if (typeof value !== "string" || value.length > LENGTH_MAX || treacherous.test(value)) return pages.organizations;
  const { origin } = new URL(consoleUrl);
  if (!value.startsWith("/") && !value.startsWith(`${origin}/`)) return pages.organizations;
  if (!URL.canParse(value, origin)) return pages.organizations;
  const target = new URL(value, origin);
  if (target.origin !== origin) return pages.organizations;
  if (/^\/(\/|api(\/|$)|sign-in(\/|$)|no-role(\/|$)|_next(\/|$)|$)/i.test(target.pathname)) return pages.organizations;
  return `${target.pathname}${target.search}${target.hash}`;
}
