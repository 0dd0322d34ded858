import { type LookupAddress, type LookupOptions, lookup as resolve } from "node:dns";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, buildConnector } from "undici";

export const ADDRESS_REFUSED = "ADDRESS_REFUSED";

/** A target that lies inside a network, or is not an https address of the outside. */
export class AddressRefused extends Error {
  override name = "AddressRefused";
  readonly code = ADDRESS_REFUSED;
}

const globalV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether an address is one of the public internet; an IPv4 address inside an IPv6 one is judged as itself. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(globalV6);
}

const hostPortOf = ({ hostname, port, protocol }: Pick<URL, "hostname" | "port" | "protocol">) =>
  `${hostname.toLowerCase()}:${port || (protocol === "http:" ? "80" : "443")}`;

/** Why messages may not go there, judged by the address alone; null when they may. Names are looked at on connecting. */
export function refusalOf(url: URL, allowedHosts: readonly string[]): string | null {
  if (url.username || url.password) return "The address must not carry a username or password.";
  if (allowedHosts.includes(hostPortOf(url))) return null;
  if (url.protocol !== "https:") return "The address must use https.";
  if (url.port !== "") return "Only port 443 is allowed.";
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) return "The address lies inside a private network.";
  return null;
}

type Found = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
export type Resolve = (hostname: string, options: LookupOptions & { all: true }, found: Found) => void;

/**
 * A dispatcher that connects to public addresses only. The very addresses that a name resolved to are judged and then
 * used, so that a second answer of the name server changes nothing; what is listed as allowed connects anywhere.
 */
export function guardedAgent(allowedHosts: readonly string[], timeout: number, look: Resolve = resolve): Agent {
  const open = buildConnector({ timeout });
  const guarded = buildConnector({
    timeout,
    lookup: (hostname, options, answer) => {
      look(hostname, { ...options, all: true }, (error, addresses) => {
        const refused = addresses?.find(({ address }) => !isPublicAddress(address));
        const [first] = addresses ?? [];
        if (error) return answer(error, "");
        if (refused || !first) return answer(new AddressRefused("It resolves into a private network."), "");
        if (options.all) return answer(null, addresses);
        return answer(null, first.address, first.family);
      });
    },
  });
  return new Agent({
    connections: 1,
    connect: (options, answer) => {
      const { hostname, protocol, port } = options;
      if (allowedHosts.includes(hostPortOf({ hostname, protocol, port }))) return open(options, answer);
      const literal = hostname.replace(/^\[|\]$/g, "");
      if (protocol !== "https:" || (isIP(literal) !== 0 && !isPublicAddress(literal))) {
        return answer(new AddressRefused("It lies inside a private network."), null);
      }
      return guarded(options, answer);
    },
  });
}
