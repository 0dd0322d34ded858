import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { bareAppContext } from "@/lib/services/testing/bare-app-context";
import { signInOptions } from "./sign-in-options";

const log: string[] = [];
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(() => {
  log.length = 0;
});
afterAll(() => opened.close());

function options() {
  const logger = pino({ level: "trace" }, { write: (line: string) => log.push(line) });
  const context = bareAppContext(opened.database, { logger });
  return signInOptions({ context, address: null, sessionToken: undefined });
}

test("no session begins before somebody was let in, whatever asks for one", async () => {
  for (const trigger of ["signIn", "signUp"] as const) {
    const asked = options().callbacks?.jwt?.({ token: {}, user: { id: "max" }, account: null, trigger });
    await expect(asked).rejects.toThrow("before anybody was let in");
  }
  expect(await opened.database.selectFrom("sessions").selectAll().execute()).toEqual([]);
});

test("who comes without tokens and without groups gets no session", async () => {
  const profile = { sub: "max", name: "Max" };
  const asked = options().callbacks?.signIn?.({ user: { id: "max" }, account: null, profile });
  expect(await asked).toMatch(/^\/no-role\?reason=/);
  expect(await opened.database.selectFrom("sessions").selectAll().execute()).toEqual([]);
});

test("an update of a session keeps its identifier and takes nothing along", async () => {
  const token = { sid: "known", role: "administrator" };
  const account = null;
  const asked = options().callbacks?.jwt?.({
    token,
    user: { id: "" },
    account,
    trigger: "update",
    session: { sid: "x" },
  });
  expect(await asked).toEqual({ sid: "known" });
});

test("of a failed sign-in only code and message are logged, never what came with them", () => {
  const { logger } = options();
  const tokens = { id_token: "secret-token", params: { code: "secret-code" } };
  logger?.error?.("OAUTH_CALLBACK_ERROR", { error: Object.assign(new Error("state mismatch"), tokens), ...tokens });
  logger?.error?.("SIGNIN_OAUTH_ERROR", Object.assign(new Error("no answer"), tokens));
  logger?.error?.("OTHER", Object.assign(JSON.parse("{}"), tokens));
  logger?.warn?.("DEBUG_ENABLED");
  logger?.debug?.("GET_AUTHORIZATION_URL", tokens);
  const told = log.join("");
  for (const words of ["state mismatch", "no answer", "unknown", "DEBUG_ENABLED"]) expect(told).toContain(words);
  expect(told).not.toMatch(/secret-|GET_AUTHORIZATION_URL/);
});

test("what next-auth may know of a person is who they are, and no role", async () => {
  const [provider] = options().providers;
  if (provider?.type !== "oauth") throw new Error("The provider is an OAuth one.");
  const profile = { sub: "max", name: "Max", email: "max@example.com", groups: ["all"], role: "administrator" };
  expect(await provider.profile?.(profile, {})).toEqual({ id: "max", name: "Max", email: "max@example.com" });
  expect(await provider.profile?.({ name: "Nobody" }, {})).toEqual({ id: "", name: "Nobody", email: undefined });
  expect(provider.checks).toEqual(["pkce", "state", "nonce"]);
});
