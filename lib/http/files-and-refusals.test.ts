import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { sessionCookieName } from "@/lib/auth/cookies";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { AppContext } from "@/lib/services/context";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { createOrganizationRegistry, upsertConfiguredOrganizations } from "@/lib/services/organizations/register";
import { provideAppContext } from "@/lib/services/process";
import { startSession } from "@/lib/services/sessions/start";
import { csvDownload } from "./download-route";
import { organizationDownload } from "./organization-route";
import { organizationParameters } from "./parameters";
import { publicRoute } from "./public-route";
import { methodNotAllowed, notFound } from "./refusals";

const environment = testEnvironment([
  { key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
]);
const now = new Date("2026-03-01T12:00:00.000Z");
let opened: TestDatabase;
let context: AppContext;
beforeAll(async () => {
  opened = await openTestDatabase();
  await upsertConfiguredOrganizations(opened.database, environment);
  context = {
    environment,
    database: opened.database,
    organizations: createOrganizationRegistry(environment),
    logger: pino({ level: "silent" }),
    now: () => now,
    newId: randomUUID,
  };
  provideAppContext(context);
});
afterAll(() => opened.close());

async function ask(path: string, signedIn = true): Promise<NextRequest> {
  const identity = { issuer: "https://idp.test", subject: "vera", name: "Vera", email: null };
  const input = { identity, role: "viewer" as const, refreshToken: null, authenticatedAt: now, address: null };
  const sid = await startSession({ context, input });
  const token = await encode({ token: { sid }, secret: environment.signIn.secret });
  const cookie = signedIn ? `${sessionCookieName(environment.signIn.url)}=${token}` : "";
  return new NextRequest(`${environment.signIn.url}${path}`, { headers: { cookie, "sec-fetch-site": "same-origin" } });
}
const within = (organizationKey: string) => ({ params: Promise.resolve({ organizationKey }) });
const taken: string[] = [];
async function* pieces() {
  try {
    for (const piece of ["name\n", "first\n", "second\n"]) {
      taken.push(piece);
      yield piece;
    }
  } finally {
    taken.push("closed");
  }
}
const exported = organizationDownload({
  permission: "inventory:read",
  params: organizationParameters,
  handle: async ({ context: { organization } }) =>
    csvDownload(`${organization.key}\r\nset-cookie: a="b"`, pieces(), now),
});

test("a file comes piece by piece, never stored, under a name that can be nothing but a name", async () => {
  taken.length = 0;
  const answer = await exported(await ask("/export"), within("acme"));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toBe(
    'attachment; filename="acme--set-cookie--a--b--2026-03-01.csv"',
  );
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(await answer.text()).toBe("name\nfirst\nsecond\n");
  expect(taken.at(-1)).toBe("closed");
});

test("a reader who leaves half-way ends what was being read for them", async () => {
  taken.length = 0;
  const { body } = await exported(await ask("/export"), within("acme"));
  const reader = body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(taken.at(-1)).toBe("closed");
  expect(taken).not.toContain("second\n");
});

test("nobody gets a file, and of an organization that is not there nobody", async () => {
  taken.length = 0;
  expect((await exported(await ask("/export", false), within("acme"))).status).toBe(401);
  expect((await exported(await ask("/export"), within("other"))).status).toBe(404);
  expect(taken).toEqual([]);
});

test("what does not exist is refused in our own words, with a reference", async () => {
  for (const [refuse, status, code] of [
    [notFound, 404, "not_found"],
    [methodNotAllowed, 405, "method_not_allowed"],
  ] as const) {
    const answer = await refuse(await ask("/api/nothing", false), { params: Promise.resolve({}) });
    const { error } = await answer.json();
    expect([answer.status, error.code, error.reference]).toEqual([status, code, expect.stringMatching(/^[\w-]{36}$/)]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

test("health tells a word from its list and nothing else, whatever lies behind it", async () => {
  const answer = z.object({ status: z.enum(["live"]) });
  const told = { status: "live" as const, database: "postgresql://secret@db" };
  const open = publicRoute({ answer, handle: async () => ({ status: 200, value: told }) });
  expect(open.permission).toBe("nobody");
  expect(await (await open()).json()).toEqual({ status: "live" });
});
