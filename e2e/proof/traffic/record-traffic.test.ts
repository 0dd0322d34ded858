import { createServer, type RequestListener, request, type Server } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { type RecordedTraffic, recordTraffic } from "./record-traffic";

const secret = "0123456789abcdefghijklmnopqrstuv";
const secrets = [{ name: "canary", value: secret }];
let server: Server;
let traffic: RecordedTraffic;
afterEach(async () => {
  await traffic.stop();
  await new Promise((resolve) => server.close(resolve));
});
async function through(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  traffic = await recordTraffic(typeof address === "object" && address ? address.port : 0);
  return `http://127.0.0.1:${traffic.port}`;
}

test("a secret is found in the head, in a plain, a chunked and a compressed body, of whatever client", async () => {
  const url = await through((incoming, response) => {
    if (incoming.url === "/head") response.setHeader("x-told", secret);
    if (incoming.url === "/compressed") {
      response.setHeader("content-encoding", "gzip");
      return response.end(gzipSync(`before ${secret} after`));
    }
    if (incoming.url === "/chunked") {
      response.write(secret.slice(0, 10));
      return setTimeout(() => response.end(secret.slice(10)), 20);
    }
    response.end(incoming.url === "/plain" ? JSON.stringify({ a: secret }) : "nothing");
  });
  for (const path of ["/none", "/head", "/plain", "/chunked", "/compressed", "/none?again"]) {
    await (await fetch(`${url}${path}`)).text();
  }
  expect(traffic.leaks(secrets).toSorted()).toEqual(
    ["/chunked", "/compressed", "/head", "/plain"].map((path) => `GET ${path}: canary`),
  );
  expect(traffic.answers()).toHaveLength(6);
});

test("what is asked for is no leak, and the same secret anywhere else in that answer is one", async () => {
  const url = await through((incoming, response) => {
    response.end(JSON.stringify({ secret, ...(incoming.url?.startsWith("/b") ? { again: secret } : {}) }));
  });
  for (const path of ["/a/service-accounts", "/a/secret", "/b/secret", "/a/deletions"]) {
    await (await fetch(`${url}${path}`, { method: "POST" })).text();
  }
  expect(traffic.leaks(secrets)).toEqual(["POST /b/secret: canary", "POST /a/deletions: canary"]);
});

test("questions and answers stay paired after one without a body, and one that is cut off counts as far as it came", async () => {
  const url = await through((incoming, response) => {
    if (incoming.url === "/304") response.statusCode = 304;
    if (incoming.url !== "/cut") return response.end(incoming.method === "HEAD" ? undefined : "x");
    response.setHeader("content-length", "1000");
    response.write(secret);
    setTimeout(() => response.destroy(), 20);
  });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const line = (method: string, path: string) => `${method} ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
  socket.write(line("HEAD", "/one") + line("GET", "/304") + line("GET", "/two") + line("GET", "/cut"));
  await new Promise((resolve) => socket.resume().once("close", resolve));
  expect(traffic.answers().map((answer) => answer.line)).toEqual(["HEAD /one", "GET /304", "GET /two", "GET /cut"]);
  expect(traffic.leaks(secrets)).toEqual(["GET /cut: canary"]);
});

test("a console that is gone is gone for whoever asks", async () => {
  const url = await through((_, response) => response.end("here"));
  await new Promise((resolve) => server.close(resolve));
  await expect(
    new Promise((resolve, reject) => {
      request(url, resolve).on("error", reject).end();
    }),
  ).rejects.toThrow();
});
