import { BlockList, isIP } from "node:net";

/** Set by the connection edge on every request, over whatever the client sent under this name. */
export const ADDRESS_HEADER = "x-keywarden-address";

/** Builds the test for "is this peer one of our proxies" from addresses and blocks such as 10.0.0.0/8. */
export function trustedProxies(list: readonly string[]): (address: string) => boolean {
  const blocks = new BlockList();
  for (const entry of list) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) blocks.addAddress(address, family);
    else blocks.addSubnet(address, Number(prefix), family);
  }
  return (address) => isIP(address) !== 0 && blocks.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/**
 * The client's address: the peer itself, or, when the peer is a listed proxy, the nearest address in `forwardedFor` that
 * is none. What stands further left was written by the client and counts for nothing.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: (address: string) => boolean,
): string | null {
  let address = plain(peer);
  if (address === null || !trusted(address)) return address;
  for (const hop of (forwardedFor ?? "").split(",").reverse()) {
    const next = plain(hop.trim());
    if (next === null) return address;
    address = next;
    if (!trusted(address)) return address;
  }
  return address;
}

/** Without the prefix under which Node shows IPv4 peers of an IPv6 socket. */
function plain(address: string | undefined): string | null {
  const text = address?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  return isIP(text) === 0 ? null : text;
}

export function addressOf(headers: Headers): string | null {
  return headers.get(ADDRESS_HEADER);
}
