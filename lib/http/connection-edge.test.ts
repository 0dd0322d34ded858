import { channel } from "node:diagnostics_channel";
import { createServer, type IncomingHttpHeaders, IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardConnections, readableTarget } from "./connection-edge";

let server: Server;
const forged = {
  "x-keywarden-address": "198.51.100.66",
  "x-forwarded-for": "198.51.100.66",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  forwarded: "for=198.51.100.66",
  "x-middleware-subrequest": "proxy:proxy:proxy",
  "x-nonce": "known",
  "x-page-path": "//evil.example",
  authorization: "Bearer stolen",
};

beforeAll(async () => {
  guardConnections({ trustedProxies: [], https: true });
  server = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

function seenHeaders(headers: Record<string, string>): Promise<IncomingHttpHeaders> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", headers }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve(JSON.parse(text));
    })
      .on("error", reject)
      .end();
  });
}

describe("Before anything else sees a request", () => {
  test("forged addresses, hosts and inner headers are gone, and the peer's own address is there", async () => {
    const headers = await seenHeaders({ ...forged, cookie: "a=b", "x-other": "stays" });
    expect(headers).toMatchObject({ "x-keywarden-address": "127.0.0.1", cookie: "a=b", "x-other": "stays" });
    for (const name of Object.keys(forged))
      if (name !== "x-keywarden-address") expect(headers).not.toHaveProperty(name);
  });

  test("what is no request, or comes from nowhere, is left alone", async () => {
    for (const message of [null, "text", {}, { request: {}, response: {}, server: {} }]) {
      expect(() => channel("http.server.request.start").publish(message)).not.toThrow();
    }
    expect(await seenHeaders({ "x-other": "stays" })).toMatchObject({ "x-other": "stays" });
  });

  test("a peer that is gone already has no address, and its word counts for nothing", () => {
    const incoming = new IncomingMessage(new Socket());
    Object.assign(incoming.headers, forged);
    channel("http.server.request.start").publish({ request: incoming });
    expect(Object.keys(incoming.headers)).toEqual([]);
    expect([incoming.url, readableTarget()]).toEqual(["/", "/"]);
  });

  test("an answer that says nothing of its own is locked down", async () => {
    const { port } = server.address() as AddressInfo;
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toMatch(/max-age/);
  });

  test("slow senders have a deadline", async () => {
    await seenHeaders({});
    expect(server.headersTimeout).toBeLessThanOrEqual(15_000);
    expect(server.requestTimeout).toBeLessThanOrEqual(30_000);
  });
});

test.each([
  ["http://evil.example/api/operator?a=b", "/api/operator?a=b"],
  ["https://evil.example", "/"],
  ["HTTP://evil.example:80?a", "/?a"],
  ["http://evil.example//evil.example/", "//evil.example/"],
  ["/api/http://evil.example/", "/api/http://evil.example/"],
  ["*", "/*"],
  ["/api/operators/%/end-sessions?a=%", "/api/operators/%25/end-sessions?a=%"],
  ["/api/%ED%A0%80/%2F?%zz?b", "/api/%25ED%25A0%2580/%2F?%zz?b"],
])("the request target %s is read as %s", (target, path) => {
  expect(readableTarget(target)).toBe(path);
});
