import { afterEach, beforeEach, expect, test } from "vitest";
import { inTransaction } from "./in-transaction";
import { acquireLease, holdsLease, type Lease, releaseLease, renewLease } from "./leases";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const acquire = (holder: string, second: number, database = opened.database) =>
  acquireLease(database, { name: "sync", holder, now: at(second), expiresAt: at(second + 10) });
const renew = (lease: Lease, second: number) =>
  renewLease(opened.database, lease, { now: at(second), expiresAt: at(second + 10) });
const holds = (lease: Lease) => inTransaction(opened.database, (inside) => holdsLease(inside, lease));

test("one of many replicas gets it", async () => {
  const replicas = await Promise.all([1, 2, 3, 4].map(() => opened.again()));
  const tries = replicas.map((replica, index) => acquire(`replica ${index}`, 0, replica));
  const won = (await Promise.all(tries)).filter((lease) => lease !== null);
  expect(won).toHaveLength(1);
  expect(won[0]).toMatchObject({ name: "sync", token: 1 });
});

test("it stays with its holder until it runs out, and the next one has a higher token", async () => {
  const first = await acquire("a", 0);
  expect(await acquire("b", 9)).toBeNull();
  expect(await renew(first!, 9)).toBe(true);
  expect(await acquire("b", 18)).toBeNull();
  expect(await acquire("b", 19)).toEqual({ name: "sync", holder: "b", token: 2 });
});

test("the one who lost it can neither renew, release nor write", async () => {
  const first = await acquire("a", 0);
  expect(await holds(first!)).toBe(true);
  const second = await acquire("b", 10);
  expect(await renew(first!, 10)).toBe(false);
  await releaseLease(opened.database, first!, at(10));
  expect(await acquire("c", 11)).toBeNull();
  expect([await holds(first!), await holds(second!)]).toEqual([false, true]);
});

test("it is not renewed after its time, even while nobody took it", async () => {
  const first = await acquire("a", 0);
  expect(await renew(first!, 10)).toBe(false);
});

test("released, it is free at once and its tokens go on", async () => {
  const first = await acquire("a", 0);
  await releaseLease(opened.database, first!, at(1));
  expect(await acquire("b", 1)).toMatchObject({ token: 2 });
  expect(await holds({ name: "other", holder: "a", token: 1 })).toBe(false);
});
