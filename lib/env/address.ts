import { isIP } from "node:net";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isLoopback({ hostname }: URL): boolean {
  return loopback.test(hostname);
}

/** Reads an address that credentials travel to: https, or plain http on this machine only. Answers why not, otherwise. */
export function parseSafeAddress(value: string): { url: URL } | { reason: string } {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return { reason: "is not an https address" };
  if (url.protocol === "http:" && !isLoopback(url)) {
    return { reason: "must use https (http only for this machine's own loopback address)" };
  }
  if (url.username || url.password) return { reason: "must not carry a username or password" };
  if (url.search || url.hash) return { reason: "must not carry a query or fragment" };
  return { url };
}

/** An IP address or a block of them, such as 10.0.0.0/8. */
export function isAddressOrBlock(value: string): boolean {
  const [address = "", prefix, ...rest] = value.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
