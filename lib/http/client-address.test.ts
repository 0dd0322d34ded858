import { describe, expect, test } from "vitest";
import { ADDRESS_HEADER, addressOf, clientAddress, trustedProxies } from "./client-address";

const proxies = trustedProxies(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]);
const nobody = trustedProxies([]);

describe("The client's address", () => {
  test.each([
    ["the peer counts where no proxy is listed", "203.0.113.9", "198.51.100.1", nobody, "203.0.113.9"],
    ["a stranger's header counts for nothing", "203.0.113.9", "198.51.100.1", proxies, "203.0.113.9"],
    ["a listed proxy says who it was", "10.1.2.3", "198.51.100.1", proxies, "198.51.100.1"],
    [
      "what the client wrote further left counts for nothing",
      "10.1.2.3",
      "1.1.1.1, 198.51.100.1",
      proxies,
      "198.51.100.1",
    ],
    ["proxies in a row are passed over", "192.0.2.7", "198.51.100.1, 10.9.9.9", proxies, "198.51.100.1"],
    ["where all are proxies the furthest is the client", "10.1.2.3", "10.8.8.8, 10.9.9.9", proxies, "10.8.8.8"],
    ["a proxy without the header is itself the client", "10.1.2.3", undefined, proxies, "10.1.2.3"],
    ["junk ends the chain where it stands", "10.1.2.3", "198.51.100.1, junk", proxies, "10.1.2.3"],
    ["IPv6 proxies and clients", "2001:db8::1", "2001:db9::5", proxies, "2001:db9::5"],
    ["IPv4 peers of an IPv6 socket", "::ffff:10.1.2.3", "::ffff:198.51.100.1", proxies, "198.51.100.1"],
    ["no peer, no address", undefined, "198.51.100.1", proxies, null],
  ])("%s", (_, peer, forwardedFor, trusted, address) => {
    expect(clientAddress(peer, forwardedFor, trusted)).toBe(address);
  });
});

test("Once inside, only what the connection edge wrote says who it is", () => {
  const forged = { "x-forwarded-for": "198.51.100.1", forwarded: "for=198.51.100.1", "x-real-ip": "198.51.100.1" };
  expect(addressOf(new Headers(forged))).toBeNull();
  expect(addressOf(new Headers({ ...forged, [ADDRESS_HEADER]: "203.0.113.9" }))).toBe("203.0.113.9");
});
