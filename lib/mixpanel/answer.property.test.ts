import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBody } from "./answer";
import type { Upstream } from "./client";
import { createServiceAccount, listProjectServiceAccounts, listServiceAccounts, readMe } from "./operations";
import { connectTo } from "./testing/connected";
import { type RawServer, startRawServer } from "./testing/raw-server";
import { UpstreamError } from "./upstream-error";
import { accountListAnswer, createdAccountAnswer, memberListAnswer } from "./wire";
import { meAnswer } from "./wire-me";

const same = (text: string) => text;
const accountArbitrary = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  username: fc.stringMatching(/^[a-z]{1,12}\.[0-9a-f]{6}\.mp-service-account$/),
  last_used: fc.option(fc.constant("2026-07-03T09:21:27")),
  expires: fc.option(fc.constant("2027-07-03T09:21:27Z")),
  creator: fc.integer({ min: 1 }),
  creator_name: fc.string(),
  created: fc.constant("2025-07-03T09:21:27+02:00"),
  role: fc.constantFrom("owner", "analyst", "Data Steward"),
  target_type: fc.constantFrom("individual", "team", "organization"),
  hasSensitiveAccess: fc.boolean(),
});
const accountsArbitrary = fc.uniqueArray(accountArbitrary, {
  selector: (account) => account.id,
  minLength: 1,
  maxLength: 8,
});
const secondary = ["last_used", "expires", "creator", "creator_name", "creator_email", "created"] as const;
const ofMembers = ["role", "target_type", "hasSensitiveAccess"] as const;
const anything = fc.jsonValue({ maxDepth: 3 });

function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

describe("whatever one secondary field is, no account is lost", () => {
  it("in the organization's list", () => {
    fc.assert(
      fc.property(accountsArbitrary, fc.nat(), fc.constantFrom(...secondary), anything, (accounts, at, field, odd) => {
        const target = at % accounts.length;
        const results = accounts.map((account, index) => (index === target ? { ...account, [field]: odd } : account));
        const read = readBody(encode({ status: "ok", results }), accountListAnswer, same);
        expect(read).toMatchObject({ kind: "value", value: accounts.map(({ id, username }) => ({ id, username })) });
      }),
      { numRuns: 1_000 },
    );
  });

  it("among a project's members, each with a membership", () => {
    const fields = fc.constantFrom(...secondary, ...ofMembers);
    fc.assert(
      fc.property(accountsArbitrary, fc.nat(), fields, anything, fc.string(), (accounts, at, field, odd, extra) => {
        const target = at % accounts.length;
        const mutated = accounts.map((account, index) =>
          index === target ? { [`x${extra}`]: odd, ...account, [field]: odd } : account,
        );
        const read = readBody(encode(mutated), memberListAnswer(5), same);
        const ids = accounts.map((account) => account.id);
        expect(read).toMatchObject({
          kind: "value",
          value: { accounts: ids.map((id) => ({ id })), memberships: ids.map((accountId) => ({ accountId })) },
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("whatever is answered", () => {
  const schemas = [accountListAnswer, createdAccountAnswer, memberListAnswer(5), meAnswer("us")];
  const me = {
    user_id: 5,
    organizations: { "3": { id: 3, name: "Example", role: "owner" } },
    projects: { "4": { name: "Web", organization_id: 3, domain: "eu.mixpanel.com" } },
  };
  const wellFormed = fc.oneof(
    accountsArbitrary.map((results) => ({ status: "ok", results })),
    accountArbitrary.map((results) => ({ status: "ok", results: { ...results, token: "S".repeat(32) } })),
    fc.constant({ status: "ok", results: me }),
  );

  it("reading it never throws, and cut at any byte it is never a value", () => {
    fc.assert(
      fc.property(wellFormed, fc.nat(), (answer, at) => {
        const whole = encode(answer);
        for (const schema of schemas) {
          expect(readBody<unknown>(whole.subarray(0, at % whole.length), schema, same).kind).toBe("bad");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reading any JSON, or any bytes, never throws", () => {
    const bytes = fc.oneof(
      anything.map(encode),
      anything.map((results) => encode({ status: "ok", results })),
      fc.array(anything).map((results) => encode({ results })),
      fc.uint8Array().map((array) => Buffer.from(array)),
      fc.tuple(wellFormed, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([answer, at, byte]) => {
        const whole = encode(answer);
        whole[at % whole.length] = byte;
        return whole;
      }),
    );
    fc.assert(
      fc.property(bytes, (body) => {
        for (const schema of schemas) {
          expect(["value", "bad", "refused"]).toContain(readBody<unknown>(body, schema, same).kind);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  describe("over a connection", () => {
    let server: RawServer;
    beforeAll(async () => {
      server = await startRawServer();
    });
    afterAll(() => server.close());

    it("a call throws nothing but an UpstreamError", async () => {
      const input = { name: "etl", role: "consumer" as const, expiresAt: null, projects: [] };
      const calls: ((upstream: Upstream) => Promise<unknown>)[] = [
        (upstream) => listServiceAccounts(upstream),
        (upstream) => listProjectServiceAccounts(upstream, { id: 5, region: "us" }),
        (upstream) => readMe(upstream),
        (upstream) => createServiceAccount(upstream, input),
      ];
      const status = fc.constantFrom(200, 200, 200, 201, 204, 301, 400, 401, 404, 429, 500, 502);
      const headers = fc.dictionary(
        fc.constantFrom("retry-after", "date", "location", "x-request-id", "content-type"),
        fc.stringMatching(/^[ -~]{0,20}$/),
      );
      const body = fc.oneof(
        wellFormed.map(encode),
        anything.map(encode),
        fc.uint8Array().map((a) => Buffer.from(a)),
      );
      const cut = fc.option(fc.nat({ max: 200 }));
      await fc.assert(
        fc.asyncProperty(status, headers, body, cut, fc.nat({ max: 3 }), async (code, extra, bytes, end, which) => {
          server.answer((_request, response, incoming) => {
            response.writeHead(code, { ...extra, "content-length": code === 204 ? 0 : bytes.length });
            if (end === null) response.end(bytes);
            else response.write(bytes.subarray(0, end), () => incoming.socket.destroy());
          });
          // A new connection each time: an open breaker would withhold the rest.
          const upstream = connectTo(server.url);
          const outcome: unknown = await calls[which]?.(upstream).catch((error: unknown) => error);
          await upstream.close();
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UpstreamError);
          else expect(outcome).toHaveProperty("value");
        }),
        { numRuns: 300 },
      );
    });
  });
});
