import { createServer, request, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardConnections } from "./connection-edge";

let server: Server;
let origin = "";
beforeAll(async () => {
  guardConnections({ trustedProxies: ["127.0.0.0/8"], https: false });
  server = createServer((incoming, response) =>
    response.end(JSON.stringify({ headers: incoming.headers, url: incoming.url })),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(() => server.close());

function ask(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ seen: { headers: Record<string, string>; url: string }; security: unknown }>(
    (resolve, reject) => {
      request(origin, { path, headers }, async (answer) => {
        let text = "";
        for await (const chunk of answer) text += chunk;
        resolve({ seen: JSON.parse(text), security: answer.headers["strict-transport-security"] });
      })
        .on("error", reject)
        .end();
    },
  );
}

test("a listed proxy says who it was, by the nearest address that is no proxy, and nothing that Next says to itself", async () => {
  const { seen, security } = await ask("/", {
    "x-forwarded-for": "203.0.113.1, 198.51.100.7, 127.0.0.9",
    "x-keywarden-address": "203.0.113.66",
    "x-middleware-subrequest": "proxy",
    "x-page-path": "//evil.example",
    authorization: "Bearer stolen",
  });
  expect(seen.headers["x-keywarden-address"]).toBe("198.51.100.7");
  for (const name of ["x-middleware-subrequest", "x-page-path", "authorization"]) {
    expect(seen.headers).not.toHaveProperty(name);
  }
  // Plain http on this machine's own address: a browser that was told otherwise could not come back.
  expect(security).toBeUndefined();
});

test("a proxy that forwards for nobody is itself the client", async () => {
  const { seen } = await ask("/", { "x-forwarded-for": "junk" });
  expect(seen.headers["x-keywarden-address"]).toBe("127.0.0.1");
});

test("what Next could not read, or would be led away by, is a path of ours", async () => {
  expect((await ask("http://evil.example/api/operator?a=1")).seen.url).toBe("/api/operator?a=1");
  expect((await ask("/%zz/%20")).seen.url).toBe("/%25zz/%20");
});
