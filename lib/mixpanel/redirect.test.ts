import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServiceAccount, deleteServiceAccount, listServiceAccounts, readMe } from "./operations";
import { trailingSlashTarget } from "./redirect";
import { connectTo, failureOf } from "./testing/connected";
import { type Handler, json, type RawServer, startRawServer } from "./testing/raw-server";

let server: RawServer;
let elsewhere: RawServer;
beforeAll(async () => {
  server = await startRawServer();
  elsewhere = await startRawServer();
});
afterAll(() => Promise.all([server.close(), elsewhere.close()]));

const created = { status: "ok", results: { id: 12, username: "etl.95a0b8.mp-service-account", token: "S".repeat(32) } };
const input = { name: "etl", role: "consumer", expiresAt: null, projects: [] } as const;

function redirecting(status: number, locationOf: (path: string) => string, then: Handler): Handler {
  return (request, response, incoming) => {
    const [path = "", query = ""] = request.path.split("?");
    if (path.endsWith("/")) return then(request, response, incoming);
    response.writeHead(status, { location: locationOf(path), "x-query": query }).end("Moved");
  };
}

describe("a redirect to the trailing slash", () => {
  it.each([301, 302, 307, 308])("is followed on %d with method, body and credential", async (status) => {
    const upstream = connectTo(server.url);
    server.requests.length = 0;
    server.answer(redirecting(status, (path) => `${path}/`, json(201, created)));
    const answer = await createServiceAccount(upstream, { ...input, projects: [] });
    expect(answer).toMatchObject({ status: 201, value: { secret: "S".repeat(32) } });
    const [first, second] = server.requests;
    expect(second).toMatchObject({ method: "POST", body: first?.body, path: `${first?.path}/` });
    expect(second?.body).toBe('{"username":"etl","role":"consumer"}');
    expect(second?.headers.authorization).toBe(first?.headers.authorization);
    await upstream.close();
  });

  it("keeps the query, whether or not the location repeats it", async () => {
    const upstream = connectTo(server.url);
    const me = json(200, { status: "ok", results: { organizations: {}, projects: {} } });
    for (const query of ["", "?include_workspace_users=false"]) {
      server.requests.length = 0;
      server.answer(redirecting(301, (path) => `${server.origin}${path}/${query}`, me));
      await readMe(upstream);
      expect(server.requests.at(-1)?.path).toBe("/api/app/me/?include_workspace_users=false");
    }
    await upstream.close();
  });
});

describe("any other redirect", () => {
  const cases: [string, number, (path: string) => string | undefined][] = [
    ["to another host", 301, (path) => `${elsewhere.origin}${path}/`],
    ["to another host by its name alone", 307, (path) => `//localhost:${new URL(elsewhere.url).port}${path}/`],
    ["to another scheme", 308, (path) => `${server.origin.replace("http:", "https:")}${path}/`],
    ["to another port", 302, (path) => `${server.origin.replace(/\d+$/, "1")}${path}/`],
    ["with a credential in it", 301, (path) => `http://a:b@${new URL(server.url).host}${path}/`],
    ["to another path", 301, () => "/login/"],
    ["with another query", 301, (path) => `${path}/?next=1`],
    ["that is no address", 301, () => "http://["],
    ["as 303", 303, (path) => `${path}/`],
    ["as 300", 300, (path) => `${path}/`],
  ];
  it.each(cases)("%s is not followed", async (_what, status, locationOf) => {
    const upstream = connectTo(server.url);
    server.requests.length = 0;
    server.answer(redirecting(status, (path) => locationOf(path) ?? "", json(200, { status: "ok", results: [] })));
    expect(await failureOf(listServiceAccounts(upstream))).toMatchObject({
      code: "upstream_unexpected_answer",
      details: { reason: "The answer points to another address, which is not followed." },
    });
    expect(await failureOf(deleteServiceAccount(upstream, 1))).toMatchObject({
      code: "outcome_unknown",
      sent: "unknown",
    });
    expect(server.requests).toHaveLength(2);
    expect(elsewhere.requests).toHaveLength(0);
    expect(elsewhere.connections()).toBe(0);
    await upstream.close();
  });

  it("after the first is not followed either", async () => {
    const upstream = connectTo(server.url);
    server.requests.length = 0;
    server.answer((request, response) => void response.writeHead(301, { location: `${request.path}/` }).end());
    expect((await failureOf(listServiceAccounts(upstream))).code).toBe("upstream_unexpected_answer");
    expect(server.requests).toHaveLength(2);
    await upstream.close();
  });

  it("without a location has no target", () => {
    expect(trailingSlashTarget(new URL("https://mixpanel.com/a"), undefined)).toBeNull();
    expect(trailingSlashTarget(new URL("https://mixpanel.com/a"), ["/a/", "/b"])).toBeNull();
  });
});
