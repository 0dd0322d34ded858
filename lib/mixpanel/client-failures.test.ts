import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/app-error";
import type { Upstream } from "./client";
import * as operations from "./operations";
import { connectTo, credential, failureOf } from "./testing/connected";
import { type Handler, json, type RawServer, startRawServer } from "./testing/raw-server";
import { type Deadlines, MAX_ANSWER_BYTES } from "./transport";

let server: RawServer;
let upstream: Upstream;
const now = new Date("2026-07-03T10:00:00Z");
const account = { id: 12, username: "etl.95a0b8.mp-service-account" };

beforeAll(async () => {
  server = await startRawServer();
});
afterAll(() => server.close());
afterEach(() => upstream.close());

const read = () => operations.listServiceAccounts(upstream);
const create = () =>
  operations.createServiceAccount(upstream, { name: "etl", role: "consumer", expiresAt: null, projects: [] });
const remove = () => operations.deleteServiceAccount(upstream, 12);

async function meet(handler: Handler, call: () => Promise<unknown>, deadlines: Partial<Deadlines> = {}) {
  upstream = connectTo(server.url, { now: () => now, deadlines });
  server.requests.length = 0;
  server.answer(handler);
  const error = await failureOf(call());
  const { code, sent, details, transient } = error;
  return { code, sent, reason: details.reason, details, transient, attempts: server.requests.length, error };
}

const page: Handler = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Sign in</p>");
};
const text =
  (status: number, body: string): Handler =>
  (_request, response) => {
    response.writeHead(status).end(body);
  };

describe("clear answers: nothing was done, asked once", () => {
  it.each([
    [401, "upstream_credential_rejected"],
    [403, "upstream_not_permitted"],
    [404, "upstream_not_found"],
    [400, "upstream_refused"],
    [409, "upstream_refused"],
    [422, "upstream_refused"],
    [418, "upstream_refused"],
  ])("%d is %s, with Mixpanel's reason", async (status, code) => {
    const reason = { status: "error", error: `No,\nreason\0 ${"x".repeat(600)}` };
    for (const call of [read, create]) {
      const met = await meet(json(status, reason), call);
      expect(met).toMatchObject({ code, sent: "yes", transient: false, attempts: 1 });
      expect(met.reason).toBe(`No, reason ${"x".repeat(489)}`);
      expect(met.error.upstreamStatus).toBe(status);
    }
  });

  it.each([
    ["HTML", text(403, "<h1>Forbidden</h1>")],
    ["nothing", text(403, "")],
    ["a reason that is no text", json(403, { status: "error", error: { a: 1 } })],
    ["a blank reason", json(403, { status: "error", error: " \n" })],
    ["JSON that is no object", json(403, [1])],
  ])("count by their status when they carry %s", async (_what, handler) => {
    const met = await meet(handler, create);
    expect(met).toMatchObject({ code: "upstream_not_permitted", sent: "yes" });
    expect(met.reason).toBeUndefined();
  });

  it("count by their status when the body breaks", async () => {
    const broken: Handler = (request, response) => {
      response.writeHead(404, { "content-length": "500" }).write("half");
      setTimeout(() => response.destroy(), 20);
      void request;
    };
    expect(await meet(broken, remove)).toMatchObject({ code: "upstream_not_found", sent: "yes", reason: undefined });
  });
});

describe("429 says when, as far as it can be believed", () => {
  it.each([
    ["30", "2026-07-03T10:00:30.000Z", 3],
    ["Fri, 03 Jul 2026 10:00:10 GMT", "2026-07-03T10:00:10.000Z", 3],
    ["soon", undefined, 3],
    ["3600", "2026-07-03T11:00:00.000Z", 1],
    ["999999999", "2026-07-04T10:00:00.000Z", 1],
  ])("Retry-After: %s", async (value, retryAt, attempts) => {
    const limited = json(
      429,
      { status: "error", error: "slow down" },
      { "retry-after": value, date: now.toUTCString() },
    );
    expect(await meet(limited, read)).toMatchObject({ code: "upstream_rate_limited", attempts, details: { retryAt } });
    expect(await meet(limited, create)).toMatchObject({
      code: "upstream_rate_limited",
      sent: "yes",
      attempts: 1,
      details: { retryAt },
    });
  });
});

describe("no usable answer: a read is tried three times, a write is unknown and never sent twice", () => {
  const short = { total: 200 };
  const cases: [string, Handler, string, Partial<Deadlines>?][] = [
    ["500", json(500, { status: "error", error: "oops" }), "upstream_failed"],
    ["502 in HTML", text(502, "<h1>Bad gateway</h1>"), "upstream_failed"],
    [
      "503 with a body that stalls",
      (_r, response) => void response.writeHead(503).write("x"),
      "upstream_failed",
      short,
    ],
    ["408", text(408, ""), "upstream_timeout"],
    ["silence", () => {}, "upstream_timeout", short],
    ["a stalled body", (_r, response) => void response.writeHead(200).write("["), "upstream_timeout", short],
    [
      "a body that drips past the deadline",
      (_r, response) => {
        response.writeHead(200).write("[");
        const drip = setInterval(() => response.write(" "), 50);
        response.on("close", () => clearInterval(drip));
      },
      "upstream_timeout",
      short,
    ],
    ["a reset before the head", (_r, _w, incoming) => incoming.socket.resetAndDestroy(), "upstream_unexpected_answer"],
    ["a closed connection", (_r, _w, incoming) => incoming.socket.destroy(), "upstream_unexpected_answer"],
    [
      "a reset inside the body",
      (_r, response, incoming) => {
        response.writeHead(200, { "content-length": "900" }).write("[");
        setTimeout(() => incoming.socket.resetAndDestroy(), 20);
      },
      "upstream_unexpected_answer",
    ],
    [
      "a truncated body",
      (_r, response, incoming) => {
        response.writeHead(200, { "content-length": "900" }).write(JSON.stringify([account]));
        setTimeout(() => incoming.socket.end(), 20);
      },
      "upstream_unexpected_answer",
    ],
    [
      "something that is not HTTP",
      (_r, _w, incoming) => void incoming.socket.end("SSH-2.0-OpenSSH\r\n\r\n"),
      "upstream_unexpected_answer",
    ],
  ];
  it.each(cases)("%s", async (_what, handler, code, deadlines) => {
    expect(await meet(handler, read, deadlines)).toMatchObject({ code, transient: true, attempts: 3 });
    await upstream.close();
    for (const call of [create, remove]) {
      const met = await meet(handler, call, deadlines);
      expect(met).toMatchObject({ code: "outcome_unknown", sent: "unknown", attempts: 1 });
      await upstream.close();
    }
  });
});

describe("head and body have deadlines of their own", () => {
  it.each([
    ["head", { headers: 200, body: 9_000 }, (() => {}) as Handler],
    ["body", { headers: 9_000, body: 200 }, ((_r, response) => void response.writeHead(200).write("[")) as Handler],
  ])("%s", async (_what, deadlines, handler) => {
    const met = await meet(handler, remove, { ...deadlines, total: 20_000 });
    expect(met).toMatchObject({ code: "outcome_unknown", sent: "unknown", attempts: 1 });
    expect(met.reason).toMatch(/^No complete answer came in time \(UND_ERR_(HEADERS|BODY)_TIMEOUT\)\.$/);
  });
});

describe("an answer that is not one: asked once, a write is unknown", () => {
  const cases: [string, Handler][] = [
    ["HTML with 200", page],
    ["nothing at all", text(200, "")],
    ["204", text(204, "")],
    ["invalid JSON", text(200, '{"status": "ok", "results": [')],
    ["another type", json(200, { status: "ok", results: "many" })],
    ["a number", json(200, 7)],
    [
      "more than 5 MB, announced",
      (_r, response) => void response.writeHead(200, { "content-length": MAX_ANSWER_BYTES + 1 }).write("["),
    ],
    [
      "more than 5 MB, unannounced",
      (_r, response) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(1024 * 1024, " ");
        const push = () => {
          while (!response.destroyed && response.write(chunk)) {}
        };
        response.on("drain", push).on("error", () => {});
        push();
      },
    ],
  ];
  it.each(cases)("%s", async (_what, handler) => {
    const met = await meet(handler, read);
    expect(met).toMatchObject({ code: "upstream_unexpected_answer", transient: false, attempts: 1 });
    expect(met.reason).toMatch(/^[A-Z].+\.$/);
    const written = await meet(handler, create);
    expect(written).toMatchObject({ code: "outcome_unknown", sent: "unknown", attempts: 1, reason: met.reason });
  });

  it("a create whose secret cannot be read is unknown; one account unread refuses a list", async () => {
    const lost = await meet(json(201, { status: "ok", results: { ...account, token: null } }), create);
    expect(lost).toMatchObject({ code: "outcome_unknown", sent: "unknown", reason: "Its field token cannot be read." });
    const list = await meet(json(200, { status: "ok", results: [account, { ...account, id: "x" }] }), read);
    expect(list).toMatchObject({ code: "upstream_unexpected_answer", reason: "Its field 1.id cannot be read." });
  });

  it("an error inside a 200 is a refusal of a write", async () => {
    const no = json(200, { status: "error", error: "Name taken" });
    expect(await meet(no, create)).toMatchObject({ code: "upstream_refused", sent: "yes", reason: "Name taken" });
    expect(await meet(no, remove)).toMatchObject({ code: "upstream_refused", reason: "Name taken", attempts: 1 });
    expect(await meet(no, read)).toMatchObject({ code: "upstream_unexpected_answer", reason: "Name taken" });
    expect((await meet(json(200, { status: "error" }), create)).reason).toBeUndefined();
  });
});

describe("not sent", () => {
  let silent: Server;
  let silentPort = 0;
  beforeAll(async () => {
    silent = createServer((socket) => socket.on("error", () => {}));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    silentPort = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(() => void silent.close());

  const bases: [string, () => string][] = [
    ["a name that does not resolve", () => "http://keywarden.invalid/api/app"],
    ["a refused connection", () => "http://127.0.0.1:1/api/app"],
    ["a TLS failure", () => server.origin.replace("http:", "https:")],
    ["a handshake past the connect deadline", () => `https://127.0.0.1:${silentPort}/api/app`],
  ];
  it.each(bases)("%s", async (_what, base) => {
    upstream = connectTo(base(), { deadlines: { connect: 300 } });
    server.requests.length = 0;
    const expected = { code: "upstream_unreachable", sent: "no", transient: true };
    for (const call of [read, create]) {
      const error = await failureOf(call());
      expect(error).toMatchObject(expected);
      expect(error.details.reason).toMatch(/^The connection could not be opened \([A-Z_]+\)\.$/);
      expect(error.upstreamStatus).toBeNull();
    }
    expect(server.requests).toHaveLength(0);
  });

  it("a bad input", async () => {
    upstream = connectTo(server.url);
    server.requests.length = 0;
    const calls = [
      () => operations.createServiceAccount(upstream, { name: "", role: "admin", expiresAt: null, projects: [] }),
      () => operations.deleteServiceAccount(upstream, Number.NaN),
      () => operations.getServiceAccount(upstream, 0),
      () => operations.listProjectServiceAccounts(upstream, { id: 1.5, region: "us" }),
      () => operations.addServiceAccountsToProjects(upstream, { accountIds: [], projects: [] }),
      () => operations.removeServiceAccountsFromProjects(upstream, { projects: [] }),
    ];
    for (const call of calls) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: "bad_request", name: "AppError" });
    }
    expect(server.requests).toHaveLength(0);
  });

  it("anything after closing", async () => {
    upstream = connectTo(server.url);
    server.requests.length = 0;
    await upstream.close();
    expect(await failureOf(remove())).toMatchObject({ code: "upstream_unreachable", sent: "no" });
    expect(await failureOf(read())).toMatchObject({ code: "upstream_unreachable", sent: "no" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("no secret", () => {
  it("in any error, even when it is echoed", async () => {
    const basic = Buffer.from(`${credential.username}:${credential.secret}`).toString("base64");
    const echo: Handler = (request, response) => {
      const error = `You sent ${request.headers.authorization} with ${credential.secret}`;
      response.writeHead(400, { "x-request-id": credential.secret }).end(JSON.stringify({ status: "error", error }));
    };
    const met = await meet(echo, create);
    expect(met.reason).toBe("You sent Basic [removed] with [removed]");
    const broken = await meet(text(200, `{"token": "${credential.secret}`), create);
    for (const { error } of [met, broken]) {
      const everything = `${JSON.stringify(error)} ${error.stack} ${String(error.cause)} ${error.reference}`;
      expect(everything).not.toContain(credential.secret);
      expect(everything).not.toContain(basic);
    }
  });
});
