import { afterEach, beforeEach, expect, test } from "vitest";
import { findOperator, findTour, listOperators, storeTour, upsertOperator } from "./operators";
import {
  endSession,
  endSessionsOfOperator,
  findActiveSession,
  insertSession,
  purgeSessions,
  type SessionRow,
  storeGroupCheck,
  touchSession,
} from "./sessions";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

let opened: TestDatabase;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const limitsAt = (minute: number) => ({ seenAfter: at(minute - 30), createdAfter: at(minute - 720) });
const ada = { issuer: "https://login", subject: "ada", name: "Ada", email: "ada@example.com", role: "manager" };
const signIn = (id: string, change: Partial<typeof ada> = {}) =>
  upsertOperator(opened.database, () => id, { ...ada, ...change, last_sign_in_at: at(0) });
const begin = (id_hash: string, change: Partial<SessionRow> = {}) =>
  insertSession(opened.database, {
    id_hash,
    operator_id: "op-ada",
    role: "manager",
    created_at: at(0),
    seen_at: at(0),
    authenticated_at: at(0),
    groups_checked_at: at(0),
    sealed_refresh_token: "sealed",
    address: null,
    ...change,
  });
const find = (id: string, minute: number) => findActiveSession(opened.database, id, limitsAt(minute));

beforeEach(async () => {
  opened = await openTestDatabase();
  await signIn("op-ada");
});
afterEach(() => opened.close());

test("an operator is the same at every sign-in of the same identity, and only of that", async () => {
  const again = await signIn("another-id", { name: "Ada L.\0", role: "viewer" });
  expect(again).toMatchObject({ id: "op-ada", name: "Ada L.\ufffd", role: "viewer", email: "ada@example.com" });
  expect(await signIn("op-2", { issuer: "https://other" })).toMatchObject({ id: "op-2" });
  expect((await listOperators(opened.database)).map(({ id }) => id)).toEqual(["op-2", "op-ada"]);
  expect(await findOperator(opened.database, "op-ada")).toMatchObject({ role: "viewer" });
});

test("a tour is kept over a sign-in", async () => {
  expect(await findTour(opened.database, "op-ada")).toEqual({ status: "not_offered", step: 0 });
  await storeTour(opened.database, "op-ada", { status: "left", step: 3 });
  await signIn("x");
  expect(await findTour(opened.database, "op-ada")).toEqual({ status: "left", step: 3 });
  expect(await findTour(opened.database, "nobody")).toEqual({ status: "not_offered", step: 0 });
});

test("a session is found with its operator until the idle limit", async () => {
  await begin("one");
  expect(await find("one", 29)).toMatchObject({ id_hash: "one", role: "manager", name: "Ada", subject: "ada" });
  expect(await find("one", 30)).toBeUndefined();
  await touchSession(opened.database, "one", at(29));
  await touchSession(opened.database, "one", at(20));
  expect(await find("one", 58)).toMatchObject({ seen_at: at(29) });
  expect(await find("two", 0)).toBeUndefined();
});

test("no use prolongs it over the absolute limit", async () => {
  await begin("one", { seen_at: at(715) });
  expect(await find("one", 719)).toBeDefined();
  expect(await find("one", 720)).toBeUndefined();
});

test("an ended session is gone at once, keeps no token and ends once", async () => {
  await begin("one");
  expect(await endSession(opened.database, "one", { at: at(1), reason: "signed_out" })).toBe(true);
  expect(await endSession(opened.database, "one", { at: at(2), reason: "again" })).toBe(false);
  expect(await find("one", 1)).toBeUndefined();
  await storeGroupCheck(opened.database, "one", {
    role: "viewer",
    groups_checked_at: at(2),
    sealed_refresh_token: "x",
  });
  const row = await opened.database.selectFrom("sessions").selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ ended_reason: "signed_out", ended_at: at(1), sealed_refresh_token: null });
});

test("all sessions of one operator end, and nobody else's", async () => {
  await signIn("op-bob", { subject: "bob" });
  await begin("one");
  await begin("two");
  await begin("bob", { operator_id: "op-bob" });
  expect(await endSessionsOfOperator(opened.database, "op-ada", { at: at(1), reason: "ended" })).toBe(2);
  expect(await endSessionsOfOperator(opened.database, "op-ada", { at: at(1), reason: "ended" })).toBe(0);
  expect(await find("bob", 1)).toBeDefined();
});

test("a group check changes role and token of the session", async () => {
  await begin("one");
  await storeGroupCheck(opened.database, "one", {
    role: "viewer",
    groups_checked_at: at(5),
    sealed_refresh_token: null,
  });
  const expected = { role: "viewer", groups_checked_at: at(5), sealed_refresh_token: null, authenticated_at: at(0) };
  expect(await find("one", 5)).toMatchObject(expected);
});

test("a purge removes what is over and nothing else", async () => {
  await begin("idle");
  await begin("old", { seen_at: at(725) });
  await begin("ended", { created_at: at(600), seen_at: at(700) });
  await begin("ended-now", { created_at: at(600), seen_at: at(725) });
  await begin("active", { created_at: at(600), seen_at: at(725) });
  await endSession(opened.database, "ended", { at: at(695), reason: "signed_out" });
  await endSession(opened.database, "ended-now", { at: at(729), reason: "signed_out" });
  expect(await purgeSessions(opened.database, limitsAt(730))).toBe(3);
  const left = await opened.database.selectFrom("sessions").select("id_hash").orderBy("id_hash").execute();
  expect(left.map((row) => row.id_hash)).toEqual(["active", "ended-now"]);
});
