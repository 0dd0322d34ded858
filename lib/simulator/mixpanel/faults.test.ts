import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RunningSimulator, startSimulator } from "./server";
import { basic, type Client, clientOf } from "./test-client";

let simulator: RunningSimulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ accounts: 10, projects: 2 });
  client = clientOf(simulator);
});
beforeEach(async () => {
  await client.control("POST", "/reset");
});
afterAll(() => simulator.stop());

const create = (username: string) => client.api("POST", client.accountsPath, { body: { username } });
const ledger = async () => z.array(z.looseObject({})).parse((await client.control("GET", "/ledger")).body);
const codeOf = async (promise: Promise<unknown>) => {
  try {
    await promise;
    return "answered";
  } catch (failure) {
    const cause = z
      .object({ cause: z.object({ code: z.string().optional(), message: z.string() }) })
      .safeParse(failure);
    return cause.data?.cause.code ?? cause.data?.cause.message ?? String(failure);
  }
};

/** Everything the server sends for one request, to the end of the connection. */
function raw(path: string): Promise<string> {
  const { port } = new URL(simulator.url);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), "127.0.0.1", () =>
      socket.write(`GET /api/app${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(simulator.owner)}\r\n\r\n`),
    );
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}

describe("faults", () => {
  it("status answers as told, and nothing is done", async () => {
    await client.fault({
      fault: {
        kind: "status",
        status: 429,
        headers: { "Retry-After": 30, "X-Test": "a" },
        body: { status: "error", error: "Slow down." },
      },
    });
    const reply = await create("a");
    expect(reply).toMatchObject({ status: 429, body: { status: "error", error: "Slow down." } });
    expect(reply.headers.get("retry-after")).toBe("30");
    expect(reply.headers.get("content-type")).toBe("application/json");
    expect(await ledger()).toEqual([]);
  });

  it("status takes a text body and a content type, an envelope when it has none, and no body at all with 204", async () => {
    await client.fault({
      times: 1,
      fault: { kind: "status", status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" },
    });
    await client.fault({ times: 1, fault: { kind: "status", status: 503 } });
    await client.fault({ times: 1, fault: { kind: "status", status: 204 } });
    const gateway = await client.api("GET", "/me");
    expect([gateway.status, gateway.text, gateway.headers.get("content-type")]).toEqual([
      502,
      "<h1>Bad gateway</h1>",
      "text/html",
    ]);
    expect((await client.api("GET", "/me")).body).toEqual({ status: "error", error: "Simulated status 503." });
    expect(await client.api("GET", "/me")).toMatchObject({ status: 204, text: "" });
    expect((await client.api("GET", "/me")).status).toBe(200);
  });

  it("delay does the work at once and holds the answer back", async () => {
    await client.fault({ fault: { kind: "delay", ms: 400 } });
    const started = performance.now();
    const answer = create("slow");
    await expect.poll(async () => (await ledger()).length, { interval: 10 }).toBe(1);
    expect(performance.now() - started).toBeLessThan(400);
    expect((await answer).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThanOrEqual(390);
  });

  it("reset-before drops the connection and does nothing", async () => {
    await client.fault({ fault: { kind: "reset-before" } });
    expect(await codeOf(create("never"))).toBe("ECONNRESET");
    expect(await ledger()).toEqual([]);
  });

  it("reset-after-commit drops the connection when the account exists", async () => {
    await client.fault({ times: 1, fault: { kind: "reset-after-commit" } });
    expect(await codeOf(create("lost"))).toBe("ECONNRESET");
    expect(await ledger()).toMatchObject([
      { sequence: 1, method: "POST", body: { username: "lost" }, result: { status: "ok" } },
    ]);
    expect((await client.accounts()).filter(({ username }) => username.startsWith("lost."))).toHaveLength(1);
  });

  it("truncate promises the whole and sends the first bytes", async () => {
    const whole = (await client.api("GET", client.accountsPath)).text;
    for (const bytes of [0, 1, 40]) {
      await client.control("DELETE", "/faults");
      await client.fault({ fault: { kind: "truncate", bytes } });
      expect(await codeOf(client.api("GET", client.accountsPath))).not.toBe("answered");
      const [head = "", body] = (await raw(client.accountsPath)).split("\r\n\r\n");
      expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
      expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBeGreaterThan(whole.length / 2);
      expect(body).toBe(whole.slice(0, bytes));
    }
    await client.control("DELETE", "/faults");
    await client.fault({ fault: { kind: "truncate", bytes: 1_000_000 } });
    expect((await client.api("GET", "/me")).body).toMatchObject({ status: "ok" });
  });

  it("html answers a page, 200 as well, in place of the work", async () => {
    await client.fault({ times: 1, fault: { kind: "html", status: 200 } });
    await client.fault({ times: 1, fault: { kind: "html" } });
    const page = await create("page");
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.text).toMatch(/^<!DOCTYPE html>/);
    expect((await create("page")).status).toBe(502);
    expect(await ledger()).toEqual([]);
  });

  it("invalid-json does the work and breaks its answer", async () => {
    await client.fault({ times: 1, fault: { kind: "invalid-json" } });
    const reply = await create("broken");
    expect([reply.status, reply.body, reply.headers.get("content-type")]).toEqual([201, undefined, "application/json"]);
    expect(await ledger()).toHaveLength(1);
  });

  it("slow-body trickles the whole answer", async () => {
    const { length } = (await client.api("GET", "/me")).text;
    await client.fault({ fault: { kind: "slow-body", bytesPerSecond: length * 2 } });
    const started = performance.now();
    expect((await client.api("GET", "/me")).body).toMatchObject({ status: "ok" });
    expect(performance.now() - started).toBeGreaterThan(300);
  });

  it("redirect sends to the trailing slash unless told where, and lets the request pass that is already there", async () => {
    await client.fault({ fault: { kind: "redirect" } });
    const moved = await client.api("POST", `${client.accountsPath}?a=1`, { body: { username: "moved" } });
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `/api/app${client.accountsPath}/?a=1`]);
    expect(await ledger()).toEqual([]);
    expect((await client.api("POST", `${client.accountsPath}/`, { body: { username: "moved" } })).status).toBe(201);
    await client.control("DELETE", "/faults");
    const elsewhere = `http://other.example/api/app${client.accountsPath}`;
    await client.fault({ fault: { kind: "redirect", location: elsewhere } });
    expect((await client.api("GET", client.accountsPath)).headers.get("location")).toBe(elsewhere);
  });

  it("match by method and by the path's beginning, the first in order, as often as told", async () => {
    await client.fault({ method: "post", path: "/organizations", times: 2, fault: { kind: "status", status: 500 } });
    await client.fault({ path: "/organizations", fault: { kind: "status", status: 503 } });
    await client.fault({ path: "/me", times: 1, fault: { kind: "status", status: 418 } });
    const statuses = [];
    for (const [method, path] of [
      ["GET", client.accountsPath],
      ["POST", client.accountsPath],
      ["POST", client.accountsPath],
      ["POST", client.accountsPath],
      ["GET", "/me"],
      ["GET", "/me"],
    ] as const) {
      statuses.push((await client.api(method, path, method === "POST" ? { body: { username: "x" } } : {})).status);
    }
    expect(statuses).toEqual([503, 500, 500, 503, 418, 200]);
    expect((await client.control("GET", "/faults")).body).toHaveLength(1);
    await client.control("DELETE", "/faults");
    expect((await client.api("GET", client.accountsPath)).status).toBe(200);
  });

  it("meet a region's address as well", async () => {
    await client.fault({ path: "/me", fault: { kind: "status", status: 500 } });
    expect((await client.ask("GET", "/regions/us/api/app/me")).status).toBe(500);
  });

  it("are refused with a reason when they make no sense", async () => {
    const wrong = [
      {},
      { fault: {} },
      { fault: { kind: "explode" } },
      { fault: { kind: "status" } },
      { fault: { kind: "status", status: 99 } },
      { fault: { kind: "status", status: 500, headers: { "bad name": "x" } } },
      { fault: { kind: "status", status: 500, headers: { ok: "a\r\nb" } } },
      { fault: { kind: "delay", ms: "1" } },
      { fault: { kind: "truncate" } },
      { fault: { kind: "slow-body", bytesPerSecond: 0 } },
      { fault: { kind: "redirect", location: "a\nb" } },
      { times: 0, fault: { kind: "html" } },
      { path: "me", fault: { kind: "html" } },
      { method: 7, fault: { kind: "html" } },
    ];
    for (const body of wrong) {
      const reply = await client.control("POST", "/faults", body);
      expect([body, reply.status]).toEqual([body, 400]);
      expect(reply.body).toMatchObject({ status: "error", error: expect.stringMatching(/^(fault|times|path|method)/) });
    }
    expect((await client.control("GET", "/faults")).body).toEqual([]);
  });
});
