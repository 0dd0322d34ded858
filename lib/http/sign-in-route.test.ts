import { randomUUID } from "node:crypto";
import { decode } from "next-auth/jwt";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { AppContext } from "@/lib/services/context";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { provideAppContext, stopTakingChanges } from "@/lib/services/process";
import { listAllEvents } from "@/lib/services/sessions/testing/list-all-events";
import { noOrganizations } from "@/lib/services/testing/no-organizations";
import { demoGroups } from "@/lib/simulator/identity-provider/people";
import { type IdentityProvider, startIdentityProvider } from "@/lib/simulator/identity-provider/start";
import { ConsoleVisitor } from "./testing/console-visitor";

const environment = testEnvironment([
  { key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
]);
const { signIn } = environment;
const max = "max.manager@example.com";
const log: string[] = [];
let provider: IdentityProvider;
let opened: TestDatabase;
let minutes = 0;
let held: Date | null = null;

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_URL", signIn.url);
  const redirectUris = [`${signIn.url}/api/auth/callback/oidc`];
  const clients = [{ clientId: signIn.clientId, clientSecret: signIn.clientSecret, redirectUris }];
  provider = await startIdentityProvider({ port: 0, clients });
  signIn.issuer = provider.issuer;
  signIn.groups = {
    viewer: [demoGroups.viewer],
    manager: [demoGroups.manager],
    administrator: [demoGroups.administrator],
  };
});
beforeEach(async () => {
  opened = await openTestDatabase();
  minutes += 2;
  held = null;
  log.length = 0;
  const context: AppContext = {
    environment,
    database: opened.database,
    organizations: noOrganizations,
    logger: pino({ level: "debug" }, { write: (line: string) => log.push(line) }),
    // Real time for the provider's tokens; ahead of it, so that the limit per minute begins anew.
    now: () => held ?? new Date(Date.now() + minutes * 60_000),
    newId: randomUUID,
  };
  provideAppContext(context);
});
afterEach(async () => {
  await provider.control.reset();
  await opened.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await provider.close();
});

const visitor = () => new ConsoleVisitor(signIn.url, provider.issuer);
const sessions = () => opened.database.selectFrom("sessions").selectAll().orderBy("created_at").execute();
const events = async () => (await listAllEvents(opened.database)).map(({ action, outcome }) => [action, outcome]);
const codeOf = async (answer: Response) => [answer.status, (await answer.json()).error?.code];

describe("A sign-in", () => {
  test("ends on the page it was begun for, with a session by the groups and a cookie that tells nothing", async () => {
    const person = visitor();
    expect(await person.signIn(max)).toBe(`${signIn.url}/settings`);
    const [row, ...more] = await sessions();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ role: "manager", ended_at: null, sealed_refresh_token: expect.any(String) });
    const token = person.jar.get("keywarden.session") ?? "";
    const { sid, iat, exp, jti, ...rest } = (await decode({ token, secret: signIn.secret })) ?? {};
    expect([typeof sid, typeof iat, typeof exp, typeof jti, rest]).toEqual([
      "string",
      "number",
      "number",
      "string",
      {},
    ]);
    expect(JSON.stringify(await sessions())).not.toContain(sid);
    expect(await events()).toEqual([["session.start", "succeeded"]]);
  });

  test.each(["https://evil.example/", "//evil.example", "/api/operators", "javascript:alert(1)", "/\\evil.example"])(
    "begun for %s ends on the start page",
    async (callbackUrl) => {
      expect(await visitor().signIn(max, callbackUrl)).toBe(`${signIn.url}/organizations`);
    },
  );

  test("of somebody in no group, or with groups that cannot be read, opens no session and says why", async () => {
    expect(await visitor().signIn("nadia.nobody@example.com")).toBe(`${signIn.url}/no-role?reason=no_role`);
    const elsewhere = {
      _claim_names: { groups: "src1" },
      _claim_sources: { src1: { endpoint: "https://graph.example" } },
    };
    provider.control.people.change(max, { groups: [], claims: elsewhere });
    expect(await visitor().signIn(max)).toBe(`${signIn.url}/no-role?reason=overage`);
    provider.control.people.change(max, { groups: [], claims: { groups: demoGroups.administrator } });
    expect(await visitor().signIn(max)).toBe(`${signIn.url}/no-role?reason=malformed`);
    expect(await sessions()).toEqual([]);
    expect(await events()).toEqual(Array(3).fill(["session.refuse", "refused"]));
  });

  test("that cannot be recorded does not happen", async () => {
    await opened.database.schema.alterTable("audit_head").renameTo("gone").execute();
    expect(await visitor().signIn("nadia.nobody@example.com")).toBe(`${signIn.url}/sign-in?error=Unrecorded`);
    const person = visitor();
    expect(await person.signIn(max)).toMatch(/\/sign-in\?.*error=Callback$/);
    expect(person.jar.has("keywarden.session")).toBe(false);
    expect(await sessions()).toEqual([]);
    expect(log.join("")).toContain("A sign-in could not be recorded, so nobody was let in.");
  });

  test("again ends the session before, and a foreign cookie in its place is nobody's", async () => {
    const person = visitor();
    await person.signIn(max);
    await person.signIn(max);
    person.jar.set("keywarden.session", "not.a.cookie.of.ours");
    await person.signIn(max);
    expect((await sessions()).map(({ ended_reason }) => ended_reason)).toEqual(["replaced", null, null]);
  });

  test("cannot be finished by another browser, with another state, or twice with one answer", async () => {
    const person = visitor();
    const query = await person.prove(await person.begin(), max);
    const thief = visitor();
    for (const [who, parameters] of [
      [thief, query],
      [person, { ...query, state: "another" }],
    ] as const) {
      const answer = await who.call("callback/oidc", { query: parameters });
      expect(await who.landing(answer.headers.get("location"))).toMatch(/\/sign-in\?.*error=OAuthCallback$/);
      expect(who.jar.has("keywarden.session")).toBe(false);
    }
    expect(await sessions()).toEqual([]);
    const second = visitor();
    const once = await second.prove(await second.begin(), max);
    const cookies = new Map(second.jar);
    expect((await second.call("callback/oidc", { query: once })).headers.get("location")).toBe(
      `${signIn.url}/settings`,
    );
    for (const [name, value] of cookies) second.jar.set(name, value);
    second.jar.delete("keywarden.session");
    await second.call("callback/oidc", { query: once });
    expect(second.jar.has("keywarden.session")).toBe(false);
    expect(await sessions()).toHaveLength(1);
  });

  test("asks the provider for a proof anew where that is wanted, and for nothing else that an address may say", async () => {
    const address = new URL(
      await visitor().begin("/settings", {
        prompt: "login",
        max_age: "0",
        scope: "everything",
        redirect_uri: "https://e.example",
        login_hint: "x",
      }),
    );
    expect(address.origin).toBe(provider.issuer);
    const asked = address.searchParams;
    expect([asked.get("prompt"), asked.get("max_age")]).toEqual(["login", "0"]);
    expect(asked.get("scope")).toBe(signIn.scope);
    expect(asked.get("redirect_uri")).toBe(`${signIn.url}/api/auth/callback/oidc`);
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)).toMatch(/^[\w-]{20,}$/);
    expect(asked.has("login_hint")).toBe(false);
    const usual = new URL(await visitor().begin("/settings", { prompt: "none", max_age: "99999999" })).searchParams;
    expect([usual.get("prompt"), usual.get("max_age")]).toEqual([null, "43200"]);
  });

  test.each(["down", "failing"] as const)("while the provider is %s leads back and says so", async (availability) => {
    provider.control.availability = availability;
    const person = visitor();
    expect(await person.landing(await person.begin())).toMatch(/\/sign-in\?.*error=OAuthSignin$/);
    expect(log.join("")).toContain("Sign-in failed.");
  });
});

describe("A session", () => {
  test("tells when it ends and nothing else, and takes no update", async () => {
    const person = visitor();
    await person.signIn(max);
    const before = await sessions();
    expect(Object.keys(await (await person.call("session")).json())).toEqual(["expires"]);
    const body = { csrfToken: await person.csrfToken(), data: { role: "administrator", sid: "x".repeat(43) } };
    const answer = await person.call("session", { method: "POST", body });
    expect(Object.keys(await answer.json())).toEqual(["expires"]);
    const token = person.jar.get("keywarden.session") ?? "";
    expect(await decode({ token, secret: signIn.secret })).not.toHaveProperty("role");
    expect(await sessions()).toEqual(before);
    expect(await (await visitor().call("session")).json()).toEqual({});
  });

  test("ends with the sign-out, for a copy of its cookie too", async () => {
    const person = visitor();
    await person.signIn(max);
    const copy = person.jar.get("keywarden.session") ?? "";
    const body = { csrfToken: await person.csrfToken() };
    await person.call("signout", { method: "POST", body });
    expect(person.jar.has("keywarden.session")).toBe(false);
    expect(await sessions()).toMatchObject([{ ended_reason: "signed_out", sealed_refresh_token: null }]);
    person.jar.set("keywarden.session", copy);
    await person.call("signout", { method: "POST", body });
    expect(await events()).toEqual([
      ["session.start", "succeeded"],
      ["session.end", "succeeded"],
    ]);
  });

  test("of nobody signs out without a trace", async () => {
    const person = visitor();
    await person.call("signout", { method: "POST", body: { csrfToken: await person.csrfToken() } });
    expect(await events()).toEqual([]);
  });
});

describe("Of next-auth", () => {
  test("what it refuses is refused in our words, and so is a console that is not set up", async () => {
    const person = visitor();
    const body = { csrfToken: "forged" };
    expect(await codeOf(await person.call("session", { method: "POST", body }))).toEqual([400, "bad_request"]);
    const { secret } = signIn;
    vi.stubEnv("NODE_ENV", "production");
    signIn.secret = "";
    const [status, code] = await codeOf(await person.call("csrf"));
    signIn.secret = secret;
    vi.stubEnv("NODE_ENV", "test");
    expect([status, code]).toEqual([500, "internal"]);
  });

  test("on https the cookie that begins anew is a secure one of this host", async () => {
    const { url } = signIn;
    signIn.url = "https://console.test";
    const person = new ConsoleVisitor(signIn.url, provider.issuer);
    person.jar.set("__Host-keywarden.callback", "no-address");
    const { headers } = await person.call("csrf");
    signIn.url = url;
    expect(headers.get("set-cookie")).toBe(
      "__Host-keywarden.callback=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
    );
  });

  test.each([
    ["GET", "providers"],
    ["GET", "verify-request"],
    ["POST", "_log"],
    ["POST", "callback/oidc"],
    ["POST", "callback/credentials"],
    ["POST", "signin/email"],
    ["GET", "callback/oidc/more"],
    ["PUT", "session"],
    ["GET", "__proto__"],
  ])("there is no %s %s", async (method, action) => {
    expect(await codeOf(await visitor().call(action, { method }))).toEqual([404, "not_found"]);
  });

  test("an address too deep or a form of the wrong kind is refused in our words", async () => {
    expect(await codeOf(await visitor().call("a/b/c/d"))).toEqual([400, "bad_request"]);
    const body = { csrfToken: 7 };
    expect(await codeOf(await visitor().call("signin/oidc", { method: "POST", body }))).toEqual([400, "bad_request"]);
  });

  test("a form from another site, or that is no JSON, never gets to it", async () => {
    const cross = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect(await codeOf(await visitor().call("signout", { method: "POST", headers: cross }))).toEqual([
      403,
      "cross_site_request",
    ]);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(await codeOf(await visitor().call("signout", { method: "POST", headers: form }))).toEqual([
      415,
      "unsupported_media_type",
    ]);
  });

  test("pages of its own are never shown: it leads to ours, with a code of letters alone", async () => {
    const person = visitor();
    for (const [query, page] of [
      [{ error: "AccessDenied" }, `${signIn.url}/sign-in?error=AccessDenied`],
      [{ error: "<script>" }, `${signIn.url}/sign-in?error=undefined`],
    ] as const) {
      const { headers } = await person.call("error", { query });
      expect(await person.landing(headers.get("location"))).toBe(page);
    }
    const strange = (await person.call("signin", { query: { callbackUrl: "https://evil.example" } })).headers;
    expect(strange.get("location")).not.toContain("evil.example");
    expect(strange.getSetCookie().join("")).not.toContain("evil.example");
    expect((await person.call("csrf", { method: "HEAD" })).status).toBe(200);
  });

  test("a cookie that is no address is dropped, and the sign-in begins again", async () => {
    const person = visitor();
    person.jar.set("keywarden.callback", "no-address");
    const answer = await person.call("csrf");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `${signIn.url}/sign-in?error=Callback`]);
    expect(answer.headers.get("set-cookie")).not.toContain("Secure");
    expect(person.jar.has("keywarden.callback")).toBe(false);
  });

  test("nothing begins while the console stops, and an address has 120 tries a minute", async () => {
    const person = visitor();
    held = new Date(Date.now() + minutes * 60_000);
    const from = { "x-keywarden-address": `192.0.2.${minutes}` };
    const statuses = new Map<number, number>();
    for (let turn = 0; turn < 121; turn += 1) {
      const { status } = await person.call("providers", { headers: from });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([
      [404, 120],
      [429, 1],
    ]);
    await stopTakingChanges();
    const begin = await person.call("signin/oidc", { method: "POST" });
    expect(await codeOf(begin)).toEqual([503, "shutting_down"]);
    expect((await person.call("csrf")).status).toBe(200);
  });
});
