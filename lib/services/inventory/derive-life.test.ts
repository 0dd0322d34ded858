import { afterEach, beforeEach, expect, test } from "vitest";
import { saveAnnotation } from "@/lib/db/annotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { savePolicy } from "@/lib/db/policies";
import { findAccount } from "@/lib/db/service-accounts";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { loadAllUsageHistories, purgeUsageHistories } from "@/lib/db/usage-histories";
import { annotationSchema } from "@/lib/domain/annotation";
import { policySchema } from "@/lib/domain/policy";
import { epochDay } from "@/lib/domain/usage-history";
import { deriveLife } from "./derive-life";
import { removeAccountRows } from "./reread";
import { seedAccount, seedInventory } from "./testing/seed-inventory";
import { TestConsole } from "./testing/test-console";

const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
const day = (text: string) => `2026-${text}T12:00:00.000Z`;

let stored: TestDatabase;
let desk: TestConsole;
beforeEach(async () => {
  stored = await openTestDatabase();
  desk = await TestConsole.open(stored.database, [{ key: "acme", ...place }]);
});
afterEach(async () => {
  await desk.registry.close();
  await stored.close();
});
const sync = (...accounts: ReturnType<typeof seedAccount>[]) =>
  seedInventory(desk.context("acme"), { accounts, projects: [], memberships: [] });
const life = async (id = 1) => {
  const row = await findAccount(stored.database, "acme", id);
  return row && [row.rotate_by, row.silent_from];
};
const derive = () => inTransaction(stored.database, (transaction) => deriveLife(transaction, "acme"));

test("the date by which a rotation must start follows expiry, lead time and policy", async () => {
  const account = seedAccount(1, { expiresAt: day("12-31") });
  await sync(account, seedAccount(2));
  expect(await life()).toEqual([day("12-10"), null]);
  expect(await life(2)).toEqual([null, null]);

  const note = annotationSchema.parse({ leadTimeDays: 20 });
  const target = { organizationKey: "acme", accountId: 1 };
  await saveAnnotation(stored.database, target, note, { by: "Ada", at: day("11-01") });
  await derive();
  expect(await life()).toEqual([day("12-04"), null]);

  const policy = policySchema.parse({ rotation: { overlapDays: 1, leadTimeDays: 3 } });
  await savePolicy(stored.database, "acme", policy, { seen: 0, by: "Ada", at: day("11-01") });
  await sync({ ...account, expiresAt: day("12-30") });
  expect(await life()).toEqual([day("12-09"), null]);
});

test("silence is told by the account's own rhythm once three days of use are known", async () => {
  const used = (lastUsedAt: string) => seedAccount(1, { lastUsedAt });
  await sync(used(day("01-01")));
  await sync(used(day("02-01")));
  expect(await life()).toEqual([null, null]);
  await sync(used(day("03-04")));
  // Every 31 days: silent after 48 without one.
  expect(await life()).toEqual([null, "2026-04-22T00:00:00.000Z"]);
  await sync(used(day("04-04")));
  expect(await life()).toEqual([null, "2026-05-23T00:00:00.000Z"]);
});

test("a usage history goes 400 days after the last use, if its account is gone", async () => {
  await sync(seedAccount(1, { lastUsedAt: day("01-01") }), seedAccount(2, { lastUsedAt: day("01-01") }));
  await inTransaction(stored.database, (transaction) => removeAccountRows(transaction, "acme", [1]));
  expect(await purgeUsageHistories(stored.database, epochDay(day("01-01")))).toBe(0);
  expect(await purgeUsageHistories(stored.database, epochDay(day("01-02")))).toBe(1);
  expect([...(await loadAllUsageHistories(stored.database, "acme")).keys()]).toEqual([2]);
});

test("what a writer forgot is put right by the next sync", async () => {
  const account = seedAccount(1, { expiresAt: day("12-31") });
  await sync(account);
  const target = { organizationKey: "acme", accountId: 1 };
  const note = annotationSchema.parse({ owner: "Ada", leadTimeDays: 20 });
  await saveAnnotation(stored.database, target, note, { by: "Ada", at: day("11-01") });
  expect(await life()).toEqual([day("12-10"), null]);
  await sync(account);
  expect(await life()).toEqual([day("12-04"), null]);
  expect(await findAccount(stored.database, "acme", 1)).toMatchObject({ owner: "Ada" });
});
