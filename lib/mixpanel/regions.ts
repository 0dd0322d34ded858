import type { Region } from "@/lib/domain/region";
import { regions } from "@/lib/domain/region";

/** Mixpanel's application API per data residency: https://developer.mixpanel.com/reference/overview */
export const mixpanelBaseUrls: Readonly<Record<Region, string>> = {
  us: "https://mixpanel.com/api/app",
  eu: "https://eu.mixpanel.com/api/app",
  in: "https://in.mixpanel.com/api/app",
};

/** The bases to use: Mixpanel's own, or one explicit base (a test, a proxy) that stands for every region. */
export function baseUrlsFor(explicit?: string): Record<Region, string> {
  return explicit === undefined ? { ...mixpanelBaseUrls } : { us: explicit, eu: explicit, in: explicit };
}

function readBase(region: Region, base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  const own = url !== null && /(^|\.)mixpanel\.com$/.test(url.hostname);
  const problem =
    url === null || !["https:", "http:"].includes(url.protocol)
      ? "is not an http address"
      : url.username || url.password || url.search || url.hash
        ? "must be an address without a credential, query or fragment"
        : own && url.protocol !== "https:"
          ? "must be https: the credential travels with each request"
          : null;
  if (url === null || problem !== null) throw new TypeError(`The base URL of region ${region} ${problem}.`);
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}

/** Finds the address of an API path in a region. Throws a TypeError at once when a base is unusable. */
export function createAddressBook(baseUrls: Readonly<Record<Region, string>>): (region: Region, path: string) => URL {
  const bases = new Map(regions.map((region) => [region, readBase(region, baseUrls[region]).href.replace(/\/$/, "")]));
  return (region, path) => new URL(`${bases.get(region)}${path}`);
}
