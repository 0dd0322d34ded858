import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { overviewSchema } from "@/lib/domain/inventory-view";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { expiryStates } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import {
  seedAccount,
  seedInventory,
  seedMembership,
  seedOperation,
} from "@/lib/services/inventory/testing/seed-inventory";
import { TestConsole } from "@/lib/services/inventory/testing/test-console";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";
import { listServiceAccounts } from "@/lib/services/service-accounts/list-service-accounts";
import { getOverview } from "./get-overview";

const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
const start = Date.now();
const days = (count: number) => new Date(start + count * 86_400_000).toISOString();
const account = (id: number, expires: number | null, used: number | null) =>
  seedAccount(id, {
    expiresAt: expires === null ? null : days(expires),
    lastUsedAt: used === null ? null : days(used),
  });

let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;

beforeAll(async () => {
  stored = await openTestDatabase();
  const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
  desk = await TestConsole.open(stored.database, [
    { key: "acme", ...place },
    { key: "empty", ...place },
  ]);
  context = desk.context("acme");
  await seedInventory(desk.context("empty"), { accounts: [], projects: [], memberships: [] });
  await seedInventory(context, {
    accounts: [
      account(1, -300, -200),
      account(2, -10, -95),
      account(3, -2, -20),
      account(4, -40, -5),
      account(5, 3, null),
      account(6, 1, -1),
      account(7, 29, -100),
      account(8, 8, -1),
      account(9, 31, -1),
      account(10, 89, -1),
      account(11, 91, -1),
      account(12, 400, -1),
      account(13, null, null),
    ],
    projects: [{ id: 10, name: "Web" }],
    memberships: [
      seedMembership(1, 10, "owner", "organization"),
      seedMembership(2, 10, "admin"),
      seedMembership(3, 10, "analyst"),
    ],
  });
  for (const state of ["unknown", "sent", "succeeded"]) await seedOperation(stored.database, "acme", 1, state);
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

test("counts every step of the ladder, disuse, power and what is unfinished", async () => {
  const overview = await getOverview(context);
  expect(overviewSchema.parse(overview)).toEqual(overview);
  expect(overview.counts).toEqual({
    accounts: 13,
    projects: 1,
    expired: 4,
    critical: 2,
    warning: 2,
    notice: 2,
    later: 2,
    never: 1,
    neverUsed: 2,
    unused90: 3,
    noProjects: 10,
    ownerOrAdmin: 2,
    silent: 0,
    rotationsDue: 3,
    rotationsLate: 3,
    unfinished: 2,
  });
});

test("each count is what the filtered list behind its link holds", async () => {
  const { counts } = await getOverview(context);
  const total = async (query: object) => (await listServiceAccounts(context, accountQuerySchema.parse(query))).total;
  for (const state of expiryStates) expect(await total({ expiry: [state] })).toBe(counts[state]);
  expect(await total({ usage: ["never_used"] })).toBe(counts.neverUsed);
  expect(await total({ usage: ["unused_90"] })).toBe(counts.unused90);
  expect(await total({ usage: ["silent"] })).toBe(counts.silent);
  expect(await total({ rotation: 7 })).toBe(counts.rotationsDue);
  expect(await total({ rotation: 0 })).toBe(counts.rotationsLate);
  expect(await total({ projects: "none" })).toBe(counts.noProjects);
  expect(await total({ role: ["owner", "admin"] })).toBe(counts.ownerOrAdmin);
});

test("first what broke somebody's work, then what soon will, then what expired quietly", async () => {
  const { attention } = await getOverview(context);
  expect(attention.map(({ id }) => id)).toEqual([4, 3, 6, 5, 8, 7, 2, 1]);
});

test("at most twelve need attention at once", async () => {
  const many = desk.context("empty");
  const accounts = Array.from({ length: 30 }, (_, index) => account(index + 1, index + 0.5, null));
  await seedInventory(many, { accounts, projects: [], memberships: [] });
  const { attention, counts } = await getOverview(many);
  expect(attention.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  // Three weeks before an expiry, by the defaults.
  expect(counts).toMatchObject({ rotationsLate: 21, rotationsDue: 28 });
  expect(counts.critical + counts.warning).toBe(30);
  await seedInventory(many, { accounts: [], projects: [], memberships: [] });
});

test("the timeline holds the coming twelve months, soonest first", async () => {
  const { timeline } = await getOverview(context);
  expect(timeline.map(({ id }) => id)).toEqual([6, 5, 8, 7, 9, 10, 11]);
});

test("an empty organization has nothing to say", async () => {
  const { counts, attention, timeline } = await getOverview(desk.context("empty"));
  expect(new Set(Object.values(counts))).toEqual(new Set([0]));
  expect([attention, timeline]).toEqual([[], []]);
});

test("the organizations' list counts what needs attention in each", async () => {
  const { organizations } = await listOrganizations(context);
  expect(organizations.map(({ key, accounts, attention }) => [key, accounts, attention])).toEqual([
    ["acme", 13, 8],
    ["empty", 0, 0],
  ]);
});
