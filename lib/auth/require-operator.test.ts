import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { createOrganizationRegistry, upsertConfiguredOrganizations } from "@/lib/services/organizations/register";
import { provideAppContext } from "@/lib/services/process";
import { endSession } from "@/lib/services/sessions/end";
import { startSession } from "@/lib/services/sessions/start";
import { sessionCookieName } from "./cookies";
import { idInAddress, organizationPage } from "./organization-page";
import { requireOperator } from "./require-operator";

/** What Next knows of the request for a page. */
const page = { cookies: new Map<string, string>(), path: "" as string | null };
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (page.cookies.has(name) ? { value: page.cookies.get(name) } : undefined),
  }),
  headers: async () => new Headers(page.path === null ? {} : { "x-page-path": page.path }),
}));

const environment = testEnvironment([
  { key: "acme-eu", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
]);
const { signIn } = environment;
const cookie = sessionCookieName(signIn.url);
let opened: TestDatabase;
let time = Date.parse("2026-03-01T12:00:00.000Z");

async function context() {
  return {
    environment,
    database: opened.database,
    organizations: createOrganizationRegistry(environment),
    logger: pino({ level: "silent" }),
    now: () => new Date(time),
    newId: randomUUID,
  };
}
beforeAll(async () => {
  opened = await openTestDatabase();
  await upsertConfiguredOrganizations(opened.database, environment);
});
beforeEach(async () => {
  provideAppContext(await context());
  page.cookies.clear();
  page.path = "/organizations/a/service-accounts?expiry=expired";
});
afterAll(() => opened.close());

async function signInAs(role: "viewer" | "administrator") {
  const identity = { issuer: "https://idp.test", subject: randomUUID(), name: "Vera", email: null };
  const input = { identity, role, refreshToken: null, authenticatedAt: new Date(time), address: null };
  const sid = await startSession({ context: await context(), input });
  page.cookies.set(cookie, await encode({ token: { sid }, secret: signIn.secret }));
  return sid;
}
/** Where Next's own error leads, or its digest. */
const leadsTo = (work: Promise<unknown>) =>
  work.then(
    () => "shown",
    (error: unknown) => (error instanceof Error && "digest" in error ? String(error.digest) : String(error)),
  );
const toSignIn = (path: string) => expect.stringContaining(`;/sign-in?${new URLSearchParams({ callbackUrl: path })};`);

describe("A page", () => {
  test("is shown to who is signed in, by the role of the session's row", async () => {
    await signInAs("viewer");
    expect(await requireOperator()).toMatchObject({ name: "Vera", role: "viewer" });
  });

  test("leads nobody to the sign-in page, which leads back to it", async () => {
    expect(await leadsTo(requireOperator())).toEqual(toSignIn("/organizations/a/service-accounts?expiry=expired"));
  });

  test.each([null, "//evil.example", "https://evil.example/", "/api/operators"])(
    "asked for under a forged path (%s) leads back to the start page alone",
    async (path) => {
      page.path = path;
      expect(await leadsTo(requireOperator())).toEqual(toSignIn("/organizations"));
    },
  );

  test("is not shown with a cookie that somebody made, that was ended, or whose time is over", async () => {
    page.cookies.set(cookie, await encode({ token: { sid: "x".repeat(43) }, secret: "another secret".repeat(4) }));
    expect(await leadsTo(requireOperator())).toContain("/sign-in?");
    page.cookies.set(cookie, await encode({ token: { sid: "x".repeat(43) }, secret: signIn.secret }));
    expect(await leadsTo(requireOperator())).toContain("/sign-in?");
    const sessionId = await signInAs("administrator");
    await endSession({ context: await context(), input: { sessionId, reason: "signed_out", address: null } });
    expect(await leadsTo(requireOperator())).toContain("/sign-in?");
    await signInAs("administrator");
    time += 31 * 60_000;
    expect(await leadsTo(requireOperator())).toContain("/sign-in?");
  });

  test("fails, and shows nothing, where the session cannot be looked up", async () => {
    await signInAs("administrator");
    await opened.database.schema.alterTable("sessions").renameTo("gone").execute();
    expect(await leadsTo(requireOperator())).not.toMatch(/shown|sign-in/);
    await opened.database.schema.alterTable("gone").renameTo("sessions").execute();
  });
});

describe("A page of an organization", () => {
  const open = (organizationId: string) => organizationPage(Promise.resolve({ organizationId }));

  test("is that of its key, as the address writes it", async () => {
    await signInAs("viewer");
    expect(await open("%61cme%2Deu")).toMatchObject({ key: "acme-eu" });
  });

  test("asks who it is before it says whether there is such an organization", async () => {
    expect(await leadsTo(open("acme-eu"))).toContain("/sign-in?");
    expect(await leadsTo(open("nothing"))).toContain("/sign-in?");
  });

  test.each(["nothing", "__proto__", "%zz", "acme-eu%00"])("does not exist for %s", async (key) => {
    await signInAs("viewer");
    expect(await leadsTo(open(key))).toBe("NEXT_HTTP_ERROR_FALLBACK;404");
  });

  test("fails where the organization cannot be read", async () => {
    await signInAs("viewer");
    const known = await context();
    const resolve = () => Promise.reject(new Error("The database does not answer."));
    provideAppContext({ ...known, organizations: { ...known.organizations, resolve } });
    expect(await leadsTo(open("acme-eu"))).toContain("The database does not answer.");
  });

  test("has numbers above zero for ids, and nothing else", () => {
    expect([idInAddress("1"), idInAddress("007"), idInAddress("999999999999999")]).toEqual([1, 7, 999_999_999_999_999]);
    for (const text of ["", "0", "000", "-1", "1.5", "1e3", "0x10", " 1", "1 ", "١", "9".repeat(16), "Infinity"]) {
      expect(() => idInAddress(text), text).toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
    }
  });
});
