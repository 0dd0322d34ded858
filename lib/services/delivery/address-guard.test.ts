import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exchange } from "@/lib/mixpanel/transport";
import { ADDRESS_REFUSED, guardedAgent, isPublicAddress, type Resolve, refusalOf } from "./address-guard";
import { postJson } from "./post-json";

let canary: Server;
let connections = 0;
let requests: string[] = [];
let answer: { status: number; headers?: Record<string, string> } = { status: 204 };
beforeEach(async () => {
  [connections, requests, answer] = [0, [], { status: 204 }];
  canary = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, answer.headers).end();
  });
  canary.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => canary.close(resolve)));

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const post = (url: string, { allowedHosts = [], resolve }: { allowedHosts?: string[]; resolve?: Resolve } = {}) =>
  postJson({ url, body: "{}", headers: {} }, { allowedHosts, ...(resolve && { resolve }) });
const resolvingTo =
  (...answers: string[][]): Resolve =>
  (_, __, found) => {
    const addresses = answers.length > 1 ? (answers.shift() ?? []) : (answers[0] ?? []);
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };

describe("addresses", () => {
  test.each([
    ...["127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],
    ...["255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1"],
    ...["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "fec0::1", "ff02::1"],
    ...["::127.0.0.1", "nonsense", ""],
  ])("%s is not of the public internet", (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(["93.184.216.34", "8.8.8.8", "::ffff:8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])("%s is", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

test.each([
  ...["http://alerts.example.com/", "https://alerts.example.com:8443/", "https://user:secret@alerts.example.com/"],
  ...["https://127.0.0.1/", "https://2130706433/", "https://0177.0.0.1/", "https://0x7f.1/", "https://127.1/"],
  ...["https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://169.254.169.254/latest"],
])("%s is refused by its form, and nothing is sent", async (url) => {
  expect(refusalOf(new URL(url), [])).not.toBeNull();
  expect(await post(url)).toMatchObject({ delivered: false, scope: "target" });
});

/** Past the rule of port 443, so that a hole in the guard would reach the canary's own port. */
async function reach(host: string, resolve: Resolve) {
  const agent = guardedAgent([], 300, resolve);
  const url = new URL(`https://${host}:${portOf(canary)}/`);
  const deadlines = { connect: 300, headers: 300, body: 300, total: 600 };
  const reply = await exchange(agent, { url, method: "POST", headers: {}, body: "{}" }, deadlines);
  await agent.destroy();
  return reply;
}

describe("a canary inside", () => {
  test.each([
    { what: "a name that resolves to it", resolve: resolvingTo(["127.0.0.1"]) },
    { what: "one of several addresses", resolve: resolvingTo(["93.184.216.34", "127.0.0.1"]) },
    { what: "a mapped address", resolve: resolvingTo(["::ffff:127.0.0.1"]) },
    { what: "the cloud's own address", resolve: resolvingTo(["169.254.169.254"]) },
    { what: "no address at all", resolve: resolvingTo([]) },
  ])("sees nothing of $what", async ({ resolve }) => {
    expect(await reach("alerts.example.com", resolve)).toMatchObject({
      problem: "unreachable",
      networkCode: ADDRESS_REFUSED,
    });
    expect(connections).toBe(0);
  });

  test.each(["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]"])(
    "sees nothing of the address %s",
    async (host) => {
      expect(await reach(host, resolvingTo(["93.184.216.34"]))).toMatchObject({ networkCode: ADDRESS_REFUSED });
      expect(connections).toBe(0);
    },
  );

  test("sees nothing when the name's answer changes between two look-ups", async () => {
    let looks = 0;
    const changing = resolvingTo(["192.0.1.1"], ["127.0.0.1"]);
    const counted: Resolve = (hostname, options, found) => {
      looks += 1;
      changing(hostname, options, found);
    };
    // The first answer is judged and used as it is; a second look, which would find the canary, is not taken.
    expect((await reach("alerts.example.com", counted)).problem).not.toBeNull();
    expect(looks).toBe(1);
    expect(await reach("alerts.example.com", counted)).toMatchObject({ networkCode: ADDRESS_REFUSED });
    expect([looks, connections]).toEqual([2, 0]);
  });

  test("is not reached through a redirect, not even from an allowed host", async () => {
    const inner = createServer((request, response) => {
      requests.push(`inner ${request.url}`);
      response.end();
    });
    await new Promise<void>((resolve) => inner.listen(0, "127.0.0.1", resolve));
    answer = { status: 302, headers: { location: `http://127.0.0.1:${portOf(inner)}/latest/meta-data` } };
    const result = await post(`http://127.0.0.1:${portOf(canary)}/hook`, {
      allowedHosts: [`127.0.0.1:${portOf(canary)}`],
    });
    await new Promise((resolve) => inner.close(resolve));
    expect(result).toMatchObject({ delivered: false, reason: expect.stringContaining("302") });
    expect(requests).toEqual(["POST /hook"]);
  });
});

test("an allowed host takes messages; the same host on another port does not", async () => {
  const allowedHosts = [`127.0.0.1:${portOf(canary)}`];
  expect(await post(`http://127.0.0.1:${portOf(canary)}/`, { allowedHosts })).toEqual({ delivered: true });
  expect((await post("http://127.0.0.1:1/", { allowedHosts })).delivered).toBe(false);
});

test.each([400, 404, 429, 500, 503])("status %i is no arrival, and what it wrote is not repeated", async (status) => {
  answer = { status };
  const result = await post(`http://127.0.0.1:${portOf(canary)}/`, { allowedHosts: [`127.0.0.1:${portOf(canary)}`] });
  expect(result).toEqual({ delivered: false, scope: "target", reason: `It answered with status ${status}.` });
});
