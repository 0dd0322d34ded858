import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filteredAccounts } from "@/lib/db/account-filter";
import { dialectOf } from "@/lib/db/database";
import { loadInventory } from "@/lib/db/inventory";
import { countAllAccounts, findAccountPage } from "@/lib/db/service-accounts";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { type AccountQuery, accountQuerySchema, accountSorts } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { listServiceAccounts } from "@/lib/services/service-accounts/list-service-accounts";
import { deriveAccountColumns } from "./derive";
import { seedAccount, seedInventory, seedMembership } from "./testing/seed-inventory";
import { TestConsole } from "./testing/test-console";

const ACCOUNTS = 10_000;
const PROJECTS = 500;
const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
const day = (index: number) => new Date(Date.now() + ((index % 800) - 400) * 86_400_000).toISOString();

const accounts = Array.from({ length: ACCOUNTS }, (_, index) =>
  seedAccount(index + 1, {
    creatorName: `Person ${index % 97}`,
    createdAt: day(index * 7),
    expiresAt: index % 5 === 0 ? null : day(index * 13),
    lastUsedAt: index % 6 === 0 ? null : day(index * 17),
  }),
);
const projects = Array.from({ length: PROJECTS }, (_, index) => ({ id: index + 1, name: `Project ${index}` }));
const memberships = [
  ...accounts.flatMap(({ id }) =>
    Array.from({ length: id % 9 }, (_, step) => seedMembership(id, ((id * 31 + step * 57) % PROJECTS) + 1, "analyst")),
  ),
  ...projects.flatMap(({ id }) =>
    Array.from({ length: 20 }, (_, who) => seedMembership(who + 1, id, "admin", "organization")),
  ),
];

let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;

beforeAll(async () => {
  stored = await openTestDatabase();
  const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
  desk = await TestConsole.open(stored.database, [{ key: "acme", ...place }]);
  context = desk.context("acme");
  await seedInventory(context, { accounts, projects, memberships });
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

const queries: AccountQuery[] = [
  ...accountSorts.flatMap((sort) => [
    accountQuerySchema.parse({ sort }),
    accountQuerySchema.parse({ sort, order: "desc" }),
  ]),
  accountQuerySchema.parse({ search: "person 42", sort: "lastUsed" }),
  accountQuerySchema.parse({ project: 17 }),
  accountQuerySchema.parse({ expiry: ["expired", "critical"], usage: ["unused_90"], role: ["admin"], page: 3 }),
  accountQuerySchema.parse({ page: 199 }),
  accountQuerySchema.parse({ owner: "Ada", tag: ["prod"], usage: ["silent"], rotation: 30, search: "export" }),
];

test("ten thousand accounts in five hundred projects are stored whole, and once more without a difference", async () => {
  const whole = await loadInventory(stored.database, "acme");
  expect([whole.accounts.length, whole.projects.length]).toEqual([ACCOUNTS, PROJECTS]);
  expect(whole.memberships).toHaveLength(memberships.length);
  const sample = whole.accounts.find(({ id }) => id === 3)!;
  expect(sample).toMatchObject(deriveAccountColumns(whole.memberships.filter(({ account_id }) => account_id === 3)));
  expect(sample.project_count).toBe(PROJECTS);
  await seedInventory(context, { accounts, projects, memberships: memberships.slice(0, -1) });
  expect((await loadInventory(stored.database, "acme")).memberships).toHaveLength(memberships.length - 1);
});

test("no query of the list reads a table without an index", async () => {
  if (dialectOf(stored.database) !== "sqlite") return;
  for (const query of queries) {
    const compiled = filteredAccounts(stored.database, "acme", query, context.now())
      .selectAll("service_accounts")
      .compile();
    const { rows } = await stored.database.executeQuery<{ detail: string }>({
      ...compiled,
      sql: `explain query plan ${compiled.sql}`,
    });
    for (const { detail } of rows) expect(detail).not.toMatch(/^SCAN/);
  }
});

test("a page costs a small multiple of counting, whatever it filters and sorts by", async () => {
  const timed = async (run: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const begun = performance.now();
      await run();
      times.push(performance.now() - begun);
    }
    return Math.min(...times);
  };
  const count = await timed(() => countAllAccounts(stored.database, "acme"));
  for (const query of queries) {
    const page = await timed(() => findAccountPage(stored.database, "acme", query, context.now()));
    expect(page / count, JSON.stringify(query)).toBeLessThan(200);
  }
});

test("pages together hold every account once", async () => {
  const seen = new Set<number>();
  for (let page = 1; page <= ACCOUNTS / 250; page += 1) {
    const query = accountQuerySchema.parse({ page, size: 250, sort: "creator", order: "desc" });
    const { rows, total } = await listServiceAccounts(context, query);
    expect(total).toBe(ACCOUNTS);
    for (const { id } of rows) seen.add(id);
  }
  expect(seen.size).toBe(ACCOUNTS);
});
