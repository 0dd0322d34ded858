import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSimulator, startSimulator } from "./server";
import { type Client, clientOf } from "./test-client";

let simulator: RunningSimulator;
let client: Client;
let known: { projects: number[]; accounts: number[] };

beforeAll(async () => {
  simulator = await startSimulator({ accounts: 12, projects: 3 });
  client = clientOf(simulator);
  known = { projects: await client.projectIds(), accounts: (await client.accounts()).slice(3).map(({ id }) => id) };
});
afterAll(() => simulator.stop());

const key = fc.oneof(
  fc.constantFrom("username", "role", "expires", "projects", "id", "service_account_ids", "__proto__"),
  fc.string(),
);
const leaf = () =>
  fc.oneof(
    fc.constantFrom(...known.projects, ...known.accounts, "owner", "consumer", "2090-01-01T00:00:00Z", null, -1, 1e308),
    fc.jsonValue({ maxDepth: 2 }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
/** Bodies near enough to real ones that many get past the first check. */
const body = () => {
  const grant = fc.record(
    { id: leaf(), role: leaf(), service_account_ids: fc.array(leaf(), { maxLength: 3 }) },
    { requiredKeys: [] },
  );
  const near = fc.record(
    {
      username: leaf(),
      role: leaf(),
      expires: leaf(),
      projects: fc.oneof(leaf(), fc.array(grant, { maxLength: 3 })),
      service_account_ids: fc.oneof(leaf(), fc.array(leaf(), { maxLength: 3 })),
    },
    { requiredKeys: [] },
  );
  return fc.oneof(
    near.map((value) => JSON.stringify(value)),
    fc.dictionary(key, leaf()).map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string({ unit: "binary" }),
  );
};

describe("any request at all", () => {
  it("gets an answer below 500 in JSON, with the envelope when it is refused, and the ledger knows each change", async () => {
    const suffix = fc.constantFrom(
      "",
      "/",
      "/add-to-project",
      "/remove-from-project",
      "/1",
      "/__proto__",
      "/%00",
      "//",
    );
    const request = fc.record({
      method: fc.constantFrom("POST", "POST", "PUT", "DELETE", "PATCH"),
      suffix,
      body: body(),
    });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        const reply = await client.api(sent.method, client.accountsPath + sent.suffix, { body: sent.body });
        expect(reply.status).toBeLessThan(500);
        expect(reply.body).toMatchObject(
          reply.status < 300 ? { status: "ok" } : { status: "error", error: expect.stringMatching(/\w/) },
        );
        if (reply.status < 300) accepted += 1;
      }),
      { numRuns: 1500 },
    );
    expect(accepted).toBeGreaterThan(0);
    expect((await client.control("GET", "/ledger")).body).toHaveLength(accepted);
    expect((await client.accounts()).length).toBeGreaterThanOrEqual(12);
  });

  it("may go to a control and gets 200 or 400", async () => {
    const controls = fc.constantFrom("/clock", "/faults");
    const near = fc.record(
      {
        now: leaf(),
        advanceSeconds: leaf(),
        fault: fc.record(
          {
            kind: fc.constantFrom("status", "delay", "truncate", "redirect"),
            status: leaf(),
            ms: leaf(),
            bytes: leaf(),
            headers: fc.dictionary(key, leaf()),
            location: leaf(),
          },
          { requiredKeys: [] },
        ),
        times: leaf(),
        path: leaf(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        controls,
        fc.oneof(
          body(),
          near.map((value) => JSON.stringify(value)),
        ),
        async (path, sent) => {
          expect([200, 400]).toContain((await client.control("POST", path, sent)).status);
        },
      ),
      { numRuns: 500 },
    );
    await client.control("POST", "/reset");
  });

  it("may be no HTTP at all", async () => {
    const { port } = new URL(simulator.url);
    for (const bytes of [
      "nonsense\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(40_000)}\r\n\r\n`,
    ]) {
      const text = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.write(bytes));
        let seen = "";
        socket.on("data", (chunk) => {
          seen += chunk;
        });
        socket.on("close", () => resolve(seen));
        socket.on("error", reject);
      });
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(text).toContain('{"status":"error"');
    }
  });

  it("may be too large", async () => {
    const reply = await client.api("POST", client.accountsPath, {
      body: `{"username":"${"x".repeat(6 * 1024 * 1024)}"}`,
    });
    expect(reply).toMatchObject({ status: 413, body: { status: "error" } });
    expect((await client.api("GET", "/me")).status).toBe(200);
  });
});
