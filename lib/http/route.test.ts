import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { pino } from "pino";
import { afterAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { sessionCookieName } from "@/lib/auth/cookies";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { AppError } from "@/lib/domain/app-error";
import type { OperatorRole } from "@/lib/domain/operator";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { createOrganizationRegistry } from "@/lib/services/organizations/register";
import { provideAppContext, stopTakingChanges } from "@/lib/services/process";
import { endSession } from "@/lib/services/sessions/end";
import { startSession } from "@/lib/services/sessions/start";
import { organizationChange, organizationRoute } from "./organization-route";
import { organizationParameters } from "./parameters";
import { requestLimits } from "./rate-limit";
import { changeRoute, route } from "./route";

const environment = testEnvironment([
  { key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
]);
const console = environment.signIn.url;
const opened: TestDatabase[] = [];
let clock = new Date("2026-03-01T12:00:00.000Z");
let calls = 0;

async function freshContext() {
  const test = await openTestDatabase();
  opened.push(test);
  const context = {
    environment: { ...environment, database: { dataDir: test.dataDir } },
    database: test.database,
    organizations: createOrganizationRegistry(environment),
    logger: pino({ level: "silent" }),
    now: () => clock,
    newId: randomUUID,
  };
  provideAppContext(context);
  return context;
}
let context: Awaited<ReturnType<typeof freshContext>>;
beforeEach(async () => {
  clock = new Date(clock.getTime() + 3_600_000);
  calls = 0;
  context = await freshContext();
});
afterAll(() => Promise.all(opened.map(({ close }) => close())));

async function signIn(role: OperatorRole) {
  const identity = { issuer: "https://idp.test", subject: randomUUID(), name: role, email: null };
  const input = { identity, role, refreshToken: null, authenticatedAt: clock, address: null };
  const sid = await startSession({ context, input });
  const token = await encode({ token: { sid }, secret: environment.signIn.secret });
  return { sid, cookie: `${sessionCookieName(console)}=${token}` };
}

type Asking = { cookie?: string; method?: string; headers?: Record<string, string>; body?: string; path?: string };
const usual = {
  "content-type": "application/json",
  "sec-fetch-site": "same-origin",
  "idempotency-key": "k".repeat(32),
};
function ask({
  cookie = "",
  method = "POST",
  headers = {},
  body = '{"name":"x"}',
  path = "/api/things?size=2",
}: Asking) {
  const sent = method === "GET" ? {} : { body };
  return new NextRequest(`${console}${path}`, { method, headers: { ...usual, cookie, ...headers }, ...sent });
}
const params = (value: unknown = {}) => ({ params: Promise.resolve(value) });
async function refusal(answer: Promise<Response>) {
  const response = await answer;
  const { error } = await response.json();
  return { status: response.status, code: error.code };
}

const change = changeRoute({
  permission: "account:create",
  body: z.object({ name: z.string().min(1) }),
  query: z.object({ size: z.coerce.number().max(5).default(1) }),
  answer: z.object({ name: z.string(), size: z.number() }),
  status: 201,
  handle: async ({ body, query, idempotencyKey, context: { actor } }) => {
    calls += 1;
    expect(idempotencyKey).toBe(usual["idempotency-key"]);
    expect(actor.kind).toBe("operator");
    return { ...body, ...query, secret: "canary-secret" };
  },
});
const read = route({
  permission: "inventory:read",
  answer: z.object({ actor: z.string() }),
  handle: async ({ context: { actor } }) => {
    calls += 1;
    return { actor: actor.kind === "operator" ? actor.operator.role : "system" };
  },
});

describe("A change", () => {
  test("goes through for who may, and answers only what its schema lists", async () => {
    const { cookie } = await signIn("manager");
    const response = await change(ask({ cookie }), params());
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ name: "x", size: 2 });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each<[string, number, string, Asking]>([
    ["nobody signed in", 401, "not_signed_in", {}],
    ["a cookie that is not ours", 401, "not_signed_in", { cookie: "keywarden.session=eyJhbGciOiJub25lIn0.e30." }],
    ["another site", 403, "cross_site_request", { headers: { "sec-fetch-site": "cross-site" } }],
    ["neither Sec-Fetch-Site nor Origin", 403, "cross_site_request", { headers: { "sec-fetch-site": "" } }],
    ["a form", 415, "unsupported_media_type", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["too long a body, by its own word", 413, "body_too_large", { headers: { "content-length": "70000" } }],
  ])("is refused before any question of rights: %s", async (_, status, code, asking) => {
    expect(await refusal(change(ask(asking), params()))).toEqual({ status, code });
    expect(calls).toBe(0);
  });

  test.each<[string, number, string, Asking]>([
    ["without an Idempotency-Key", 400, "bad_request", { headers: { "idempotency-key": "" } }],
    ["with a key that is none", 400, "bad_request", { headers: { "idempotency-key": "short" } }],
    ["with a wrong field", 400, "bad_request", { body: '{"name":""}' }],
    ["with no JSON", 400, "bad_request", { body: "{" }],
    ["with too long a body", 413, "body_too_large", { body: JSON.stringify({ name: "x".repeat(70_000) }) }],
    ["with a wrong parameter", 400, "bad_request", { path: "/api/things?size=99" }],
  ])("is refused %s", async (_, status, code, asking) => {
    const { cookie } = await signIn("manager");
    expect(await refusal(change(ask({ ...asking, cookie }), params()))).toEqual({ status, code });
    expect(calls).toBe(0);
  });

  test("names the wrong field and why", async () => {
    const { cookie } = await signIn("manager");
    const response = await change(ask({ cookie, body: '{"name":7}' }), params());
    expect(await response.json()).toMatchObject({ error: { fields: { name: expect.stringContaining("string") } } });
  });

  test("is refused to a role that may not", async () => {
    const { cookie } = await signIn("viewer");
    expect(await refusal(change(ask({ cookie }), params()))).toEqual({ status: 403, code: "not_permitted" });
    expect(calls).toBe(0);
  });

  test("is refused while nothing can be recorded, and while the process stops", async () => {
    const { cookie } = await signIn("manager");
    const dataDir = "/nowhere/at/all";
    provideAppContext({ ...context, environment: { ...context.environment, database: { dataDir } } });
    const sqlite = !process.env.TEST_DATABASE_URL;
    if (sqlite) expect(await refusal(change(ask({ cookie }), params()))).toEqual({ status: 503, code: "read_only" });
    provideAppContext(context);
    await stopTakingChanges();
    expect(await refusal(change(ask({ cookie }), params()))).toEqual({ status: 503, code: "shutting_down" });
    expect((await read(ask({ cookie, method: "GET" }), params())).status).toBe(200);
    expect(calls).toBe(1);
  });

  test("is refused where the database cannot tell who asks; a mistake of ours stays one", async () => {
    const { cookie } = await signIn("manager");
    const gone = await opened.at(-1)?.again();
    await gone?.selectFrom("audit_head").selectAll().execute();
    await gone?.destroy();
    provideAppContext({ ...context, database: gone ?? context.database });
    expect(await refusal(change(ask({ cookie }), params()))).toEqual({ status: 503, code: "read_only" });
    const reading = read(ask({ cookie, method: "GET" }), params());
    expect(await refusal(reading)).toEqual({ status: 503, code: "database_unreachable" });
    let asked = 0;
    const now = () => {
      asked += 1;
      if (asked === 1) throw new Error("a mistake");
      return clock;
    };
    provideAppContext({ ...context, now });
    expect(await refusal(change(ask({ cookie }), params()))).toEqual({ status: 500, code: "internal" });
    expect(calls).toBe(0);
  });

  test("is limited per operator, and says when to come again", async () => {
    const { cookie } = await signIn("manager");
    const answers = await Promise.all(
      Array.from({ length: requestLimits.writes + 1 }, () => change(ask({ cookie, body: "{" }), params())),
    );
    const last = answers.find(({ status }) => status === 429);
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    const other = await signIn("manager");
    expect((await change(ask(other), params())).status).toBe(201);
  });
});

describe("A session", () => {
  test("that was ended is answered with 401 on the next request", async () => {
    const { cookie, sid } = await signIn("viewer");
    expect((await read(ask({ cookie, method: "GET" }), params())).status).toBe(200);
    await endSession({ context, input: { sessionId: sid, reason: "signed_out", address: null } });
    expect(await refusal(read(ask({ cookie, method: "GET" }), params()))).toMatchObject({ status: 401 });
  });

  test("is never taken from an Authorization header", async () => {
    const { cookie } = await signIn("viewer");
    const headers = { authorization: `Bearer ${cookie.split("=")[1]}` };
    expect(await refusal(read(ask({ method: "GET", headers }), params()))).toMatchObject({ status: 401 });
  });
});

describe("Whatever a handler throws", () => {
  test.each<[string, unknown, number]>([
    ["one of ours", new AppError("own_credential"), 409],
    ["anything else", new Error("canary-secret"), 500],
  ])("%s becomes our envelope", async (_, thrown, status) => {
    const failing = route({ permission: "inventory:read", answer: z.null(), handle: () => Promise.reject(thrown) });
    const { cookie } = await signIn("viewer");
    const response = await failing(ask({ cookie, method: "GET" }), params());
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain("canary-secret");
  });

  test("an answer that does not fit its schema is our mistake and does not leave", async () => {
    const answer = z.object({ id: z.number().positive() });
    const wrong = route({ permission: "inventory:read", answer, handle: async () => ({ id: -1 }) });
    const { cookie } = await signIn("viewer");
    expect(await refusal(wrong(ask({ cookie, method: "GET" }), params()))).toMatchObject({ status: 500 });
  });
});

describe("Inside an organization", () => {
  const rule = { permission: "inventory:read", params: organizationParameters, answer: z.string() } as const;
  const name = organizationRoute({ ...rule, handle: async ({ context: { organization } }) => organization.name });

  test("the server finds it by its own key, and nothing else is one", async () => {
    const { cookie } = await signIn("viewer");
    const get = (organizationKey: string) => name(ask({ cookie, method: "GET" }), params({ organizationKey }));
    expect(await (await get("acme")).json()).toBe("Organization 1");
    expect(await refusal(get("other"))).toEqual({ status: 404, code: "not_found" });
    expect(await refusal(get("../acme"))).toEqual({ status: 400, code: "bad_request" });
  });
});

test("A handler without a permission, or with one that does not exist, does not compile", () => {
  const answer = z.null();
  const handle = async () => null;
  // @ts-expect-error: no permission
  route({ answer, handle });
  // @ts-expect-error: no permission
  changeRoute({ answer, handle });
  // @ts-expect-error: no permission
  organizationRoute({ params: organizationParameters, answer, handle });
  // @ts-expect-error: no permission
  organizationChange({ params: organizationParameters, answer, handle });
  // @ts-expect-error: no such permission
  route({ permission: "account:everything", answer, handle });
  // @ts-expect-error: parameters that name no organization
  organizationRoute({ permission: "inventory:read", params: z.object({ id: z.string() }), answer, handle });
  expectTypeOf(route({ permission: "inventory:read", answer, handle }).permission).toBeString();
});
