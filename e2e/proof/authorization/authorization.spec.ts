import { randomUUID } from "node:crypto";
import { changeDatabase } from "@/e2e/database-of";
import { test as base, expect } from "@/e2e/fixtures";
import { type RawAnswer, rawRequest } from "@/e2e/proof/raw-request";
import { signInByRequest } from "@/e2e/proof/sign-in-by-request";
import { errorAnswerSchema } from "@/lib/domain/app-error";
import { type OperatorRole, operatorRoles } from "@/lib/domain/operator";
import { addressOf, methods, pages, routes } from "./matrix";

type Caller = OperatorRole | "nobody" | "expired";
type Callers = Record<Caller, string>;

/** A stack and sessions of its own: the matrix must not use up what other specs may ask for in a minute. */
const test = base.extend<object, { callers: Callers }>({
  callers: [
    async ({ stack }, use) => {
      const signIn = (role: string) => signInByRequest(stack, stack.signInNameOf(role));
      const expired = await signIn("administrator");
      const long = new Date(Date.now() - 12 * 60 * 60_000).toISOString();
      changeDatabase(stack, "update sessions set created_at = ?", long);
      const [viewer, manager, administrator] = [
        await signIn("viewer"),
        await signIn("manager"),
        await signIn("administrator"),
      ];
      await use({ nobody: "", expired, viewer, manager, administrator });
    },
    { scope: "worker", timeout: 60_000 },
  ],
});
test.use({ stackOptions: { accounts: 30, projects: 6 } });

const ranks: Record<Caller, number> = { nobody: -1, expired: -1, viewer: 0, manager: 1, administrator: 2 };
const lines = Object.entries(routes).flatMap(([pattern, row]) =>
  methods.map((method) => ({ pattern, method, line: row[method] })),
);

function expected(caller: Caller, line: (typeof lines)[number]["line"]): number {
  if (!line) return 405;
  if (line.from === "nobody" || line.from === "machine") return line.status;
  if (ranks[caller] < 0) return 401;
  return ranks[caller] < ranks[line.from] ? 403 : line.status;
}

type Call = { origin: string; method: string; path: string; cookie: string; headers?: Record<string, string> };

function call({ origin, method, path, cookie, headers = {} }: Call): Promise<RawAnswer> {
  const change = method !== "GET" && method !== "HEAD";
  const json = { "content-type": "application/json", "idempotency-key": randomUUID() };
  return rawRequest(origin, {
    method,
    path,
    headers: { origin, ...(cookie && { cookie }), ...(change && json), ...headers },
    ...(change && { body: "{}" }),
  });
}

for (const caller of ["nobody", "expired", ...operatorRoles] as const) {
  test(`Every route and method answers ${caller} as the matrix says`, async ({ stack, callers }) => {
    const wrong: string[] = [];
    for (const { pattern, method, line } of lines) {
      const path = addressOf(pattern, stack.organizations[0]!.key);
      const answer = await call({ origin: stack.url, method, path, cookie: callers[caller] });
      const status = expected(caller, line);
      if (answer.status !== status) wrong.push(`${method} ${pattern}: ${answer.status}, not ${status}: ${answer.body}`);
      else if (status >= 400) expect(errorAnswerSchema.safeParse(JSON.parse(answer.body)).success, path).toBe(true);
      if (answer.headers["cache-control"] !== "no-store") wrong.push(`${method} ${pattern}: may be stored`);
      if (answer.headers["access-control-allow-origin"]) wrong.push(`${method} ${pattern}: open to other origins`);
    }
    expect(wrong).toEqual([]);
    expect(await stack.simulator.ledger()).toEqual([]);
  });
}

/** What belongs to the organization and must not reach anybody who is not let in. */
async function dataOf(stack: { organizations: { name: string; owner: { username: string } }[]; url: string }) {
  return stack.organizations.flatMap(({ name, owner }) => [name, owner.username, ".mp-service-account"]);
}

/** A browser that opens the page, and Next's own router that goes there or looks ahead. */
const clients: Record<string, string>[] = [{}, { rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }];

test("Every page leads whoever is not signed in to the sign-in page, with no data in its answer", async ({
  stack,
  callers,
}) => {
  const data = await dataOf(stack);
  for (const [pattern, line] of Object.entries(pages)) {
    const path = addressOf(pattern, stack.organizations[0]!.key);
    for (const caller of ["nobody", "expired"] as const) {
      for (const headers of clients) {
        const ask = (at: string) =>
          call({ origin: stack.url, method: "GET", path: at, cookie: callers[caller], headers });
        const first = await ask(path);
        // Next's router names its own requests: without that name they are first sent back to take it.
        const named = first.headers.location?.includes("_rsc") ? first.headers.location : null;
        const answer = named === null ? first : await ask(named);
        for (const text of data) expect(answer.body, path).not.toContain(text);
        if (line.from === "nobody") expect(answer.status, path).toBe(line.status);
        // To Next's router the redirect is told inside the answer; looking ahead does not even come that far.
        else if ("rsc" in headers && answer.status === 200) {
          if (!("next-router-prefetch" in headers)) expect(answer.body, path).toMatch(/NEXT_REDIRECT;\w+;\/sign-in/);
        } else {
          expect(answer.status, path).toBe(307);
          const wanted = pattern === "/" ? "/organizations" : (named ?? path);
          const { location = "" } = answer.headers;
          expect(location, path).toBe(`/sign-in?${new URLSearchParams({ callbackUrl: wanted })}`);
        }
      }
    }
    for (const role of operatorRoles) {
      const answer = await call({ origin: stack.url, method: "GET", path, cookie: callers[role] });
      expect(answer.status, `${path} for a ${role}`).toBe(line.status);
    }
  }
});

test("No page takes anything but GET: Server Actions and the image optimizer are closed", async ({
  stack,
  callers,
}) => {
  const cookie = callers.administrator;
  for (const pattern of Object.keys(pages)) {
    const path = addressOf(pattern, stack.organizations[0]!.key);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const headers = { "next-action": "7f0123456789abcdef0123456789abcdef01234567", "content-type": "text/plain" };
      const answer = await call({ origin: stack.url, method, path, cookie, headers });
      expect(answer.status, `${method} ${path}`).toBe(405);
    }
  }
  for (const path of [
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/image/?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75",
  ]) {
    const answer = await call({ origin: stack.url, method: "GET", path, cookie });
    expect([308, 404], path).toContain(answer.status);
  }
  expect((await call({ origin: stack.url, method: "TRACE", path: "/", cookie })).status).toBeGreaterThanOrEqual(400);
});

/** Ways round a check that stood in front of handlers instead of in them. */
const detours: { way: string; path?: (path: string) => string; headers?: Record<string, string> }[] = [
  { way: "x-middleware-subrequest", headers: { "x-middleware-subrequest": Array(5).fill("proxy").join(":") } },
  {
    way: "x-middleware-subrequest (src)",
    headers: { "x-middleware-subrequest": Array(5).fill("src/proxy").join(":") },
  },
  { way: "x-middleware-rewrite", headers: { "x-middleware-rewrite": "/api/health/live", "x-middleware-next": "1" } },
  { way: "x-invoke-path", headers: { "x-invoke-path": "/api/health/live", "x-matched-path": "/api/health/live" } },
  { way: "x-original-url", headers: { "x-original-url": "/api/health/live", "x-rewrite-url": "/api/health/live" } },
  { way: "method override", headers: { "x-http-method-override": "GET", "x-method-override": "GET" } },
  { way: "a Bearer token", headers: { authorization: "Bearer eyJhbGciOiJub25lIn0.e30." } },
  { way: "forged proxy headers", headers: { "x-forwarded-for": "127.0.0.1", "x-forwarded-host": "evil.example" } },
  { way: "RSC", headers: { rsc: "1", "next-router-state-tree": "%5B%22%22%5D" } },
  { way: "x-nextjs-data", headers: { "x-nextjs-data": "1" } },
  { way: "//", path: (path) => `/${path}` },
  { way: "// inside", path: (path) => path.replace(/\/(?=[^/]+$)/, "//") },
  { way: "%2f", path: (path) => path.replace(/\/(?=[^/]+$)/, "%2f") },
  { way: "%2F at the start", path: (path) => path.replace("/api/", "/api%2F") },
  { way: "encoded letters", path: (path) => path.replace("/api/", "/%61pi/") },
  { way: "encoded dots", path: (path) => path.replace("/api/", "/api/health/%2e%2e/") },
  { way: "dots", path: (path) => path.replace("/api/", "/api/health/live/../../") },
  { way: "backslash", path: (path) => path.replace("/api/", "/api\\") },
  { way: ".rsc", path: (path) => `${path}.rsc` },
  { way: ".json", path: (path) => `${path}.json` },
  { way: "a slash at the end", path: (path) => `${path}/` },
  { way: "a path parameter", path: (path) => `${path};a=b` },
  { way: "capitals", path: (path) => path.replace("/api/", "/API/") },
  { way: "an absolute address", path: (path) => `http://evil.example${path}` },
  { way: "what cannot be decoded", path: (path) => `${path}%ED%A0%80` },
  { way: "_rsc", path: (path) => `${path}?_rsc=abcde` },
  { way: "data address", path: (path) => `/_next/data/development${path}.json` },
];

/** With some forty changes and 27 ways, far below the 120 changes a minute of one operator. */
const CHANGES_APART = 20;

test("No detour leads past the check: nobody and too low a role get nothing that the matrix does not give", async ({
  stack,
  callers,
}) => {
  test.slow();
  const data = await dataOf(stack);
  const guarded = lines.flatMap(({ pattern, method, line }) =>
    line && line.from !== "nobody" ? [{ pattern, method, from: line.from }] : [],
  );
  const wrong: string[] = [];
  for (const [index, { way, path: detour = (path: string) => path, headers = {} }] of detours.entries()) {
    for (const [position, { pattern, method, from }] of guarded.entries()) {
      const path = detour(addressOf(pattern, stack.organizations[0]!.key));
      // Refused changes count against a role's limit per minute, so a low role tries each by some of the ways, in turn.
      const low = from !== "viewer" && (method === "GET" || (index + position) % CHANGES_APART === 0);
      for (const caller of low ? (["nobody", "viewer"] as const) : (["nobody"] as const)) {
        const answer = await call({ origin: stack.url, method, path, cookie: callers[caller], headers });
        const inside = answer.status < 300 || answer.status === 429 || answer.status >= 500;
        const away = /^(https?:)?\/\/(?!localhost[:/])/.test(answer.headers.location ?? "");
        const told = data.some((text) => answer.body.includes(text));
        if (inside || away || told)
          wrong.push(`${way}: ${method} ${path} for ${caller}: ${answer.status} ${answer.body}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await stack.simulator.ledger()).toEqual([]);
});

test("A session cannot be raised: the session endpoint takes no role, whatever is sent to it", async ({
  stack,
  callers,
}) => {
  const cookie = callers.viewer;
  const csrf = await call({ origin: stack.url, method: "GET", path: "/api/auth/csrf", cookie });
  const { csrfToken } = JSON.parse(csrf.body);
  const session = { role: "administrator", user: { role: "administrator" }, sid: "a".repeat(43) };
  const cookies = [cookie, ...(csrf.headers["set-cookie"] ?? []).map((line) => line.split(";")[0])].join("; ");
  const body = JSON.stringify({ csrfToken, data: session, ...session });
  const headers = { origin: stack.url, cookie: cookies, "content-type": "application/json" };
  const answer = await rawRequest(stack.url, { method: "POST", path: "/api/auth/session", headers, body });
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).not.toContain("administrator");
  const given = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
  const after = given.some((line) => line.startsWith("keywarden.session=")) ? given.join("; ") : cookie;
  const operator = await call({ origin: stack.url, method: "GET", path: "/api/operator", cookie: after });
  expect(JSON.parse(operator.body)).toMatchObject({ operator: { role: "viewer" } });
  expect((await call({ origin: stack.url, method: "GET", path: "/api/operators", cookie: after })).status).toBe(403);
});

test("Forged addresses and hosts change no audit line, no redirect and no limit", async ({ stack, callers }) => {
  const forged = {
    "x-forwarded-for": "203.0.113.9",
    "x-real-ip": "203.0.113.9",
    forwarded: "for=203.0.113.9;host=evil.example;proto=https",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-keywarden-address": "203.0.113.9",
  };
  await signInByRequest(stack, stack.signInNameOf("viewer"), forged);
  const path = `/api/organizations/${stack.organizations[0]!.key}/audit-events/export?format=ndjson`;
  const record = await call({ origin: stack.url, method: "GET", path, cookie: callers.administrator });
  expect(record.body).toContain("session.start");
  expect(record.body).not.toContain("203.0.113.9");

  for (const host of ["evil.example", new URL(stack.url).host]) {
    const headers = { ...forged, host };
    for (const path of [
      "/organizations",
      "/api/auth/signin",
      "/api/auth/error",
      "//evil.example/..",
      "//evil.example//",
    ]) {
      const { location = "" } = (await call({ origin: stack.url, method: "GET", path, cookie: "", headers })).headers;
      expect(location, path).not.toMatch(/^(https?:)?[/\\]{2}(?!localhost:)/);
      expect(new URL(location, stack.url).origin, path).toBe(stack.url);
    }
  }

  const statuses = new Set<number>();
  for (let index = 0; index < 130; index += 1) {
    const headers = { ...forged, "x-forwarded-for": `203.0.113.${index}` };
    statuses.add(
      (await call({ origin: stack.url, method: "GET", path: "/api/auth/csrf", cookie: "", headers })).status,
    );
  }
  expect(statuses).toContain(429);
});
