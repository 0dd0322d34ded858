import { afterEach, beforeEach, expect, test } from "vitest";
import {
  countSecretView,
  findOpenableSecret,
  insertSealedSecret,
  purgeExpiredSecrets,
  purgeSecret,
} from "./sealed-secrets";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

let opened: TestDatabase;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const find = (operatorId: string, minute: number) =>
  findOpenableSecret(opened.database, { operationId: "o1", operatorId, now: at(minute) });

beforeEach(async () => {
  opened = await openTestDatabase();
  const kind = { kind: "create", state: "succeeded", batch_id: "b", input: "{}", before_state: "{}" };
  const who = { organization_key: "one", actor_id: "op", actor_name: "Ada", account_name: "x", prepared_at: at(0) };
  await opened.database
    .insertInto("operations")
    .values({ id: "o1", ...kind, ...who })
    .execute();
  await insertSealedSecret(opened.database, {
    operation_id: "o1",
    organization_key: "one",
    operator_id: "op",
    key_id: "k",
    sealed: "sealed",
    created_at: at(0),
    expires_at: at(10),
  });
});
afterEach(() => opened.close());

test("only its operator finds it, and only for its time", async () => {
  expect(await find("op", 9)).toMatchObject({ sealed: "sealed", views: 0 });
  expect(await find("another", 9)).toBeUndefined();
  expect(await find("op", 10)).toBeUndefined();
});

test("views are counted", async () => {
  await countSecretView(opened.database, "o1");
  await countSecretView(opened.database, "o1");
  expect(await find("op", 1)).toMatchObject({ views: 2 });
});

test("it is purged once", async () => {
  expect(await purgeSecret(opened.database, "o1")).toBe(true);
  expect(await purgeSecret(opened.database, "o1")).toBe(false);
  expect(await find("op", 1)).toBeUndefined();
});

test("time purges it and says whose it was", async () => {
  expect(await purgeExpiredSecrets(opened.database, at(9))).toEqual([]);
  expect(await purgeExpiredSecrets(opened.database, at(10))).toEqual([
    { operation_id: "o1", organization_key: "one", operator_id: "op" },
  ]);
  expect(await opened.database.selectFrom("sealed_secrets").selectAll().execute()).toEqual([]);
});
