import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { accessPageSchema } from "@/lib/domain/access-view";
import { type AccessQuery, accessQuerySchema } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { seedAccount, seedInventory, seedMembership } from "@/lib/services/inventory/testing/seed-inventory";
import { TestConsole } from "@/lib/services/inventory/testing/test-console";
import { getAccess } from "./get-access";

const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;

beforeAll(async () => {
  stored = await openTestDatabase();
  // Nothing listens there: whatever asked Mixpanel would fail.
  const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
  desk = await TestConsole.open(stored.database, [
    { key: "acme", ...place },
    { key: "other", ...place },
  ]);
  context = desk.context("acme");
  const projects = [
    { id: 10, name: "Web" },
    { id: 20, name: "app" },
    { id: 30, name: "Zoo" },
  ];
  await seedInventory(context, {
    accounts: [
      seedAccount(1, { username: owner.username }),
      seedAccount(2, { username: "Billing.95a0b8.mp-service-account", creatorEmail: "zoe@example.com" }),
      seedAccount(3, { username: "alpha.95a0b8.mp-service-account" }),
      ...Array.from({ length: 120 }, (_, index) => seedAccount(100 + index)),
    ],
    projects,
    memberships: [
      ...projects.map(({ id }) => seedMembership(1, id, "owner", "organization")),
      seedMembership(2, 10, "consumer"),
      seedMembership(2, 10, "analyst", "team"),
      seedMembership(3, 20, "Data steward"),
    ],
  });
  await seedInventory(desk.context("other"), {
    accounts: [seedAccount(2, { username: "elsewhere.0a0a0a.mp-service-account" })],
    projects: [{ id: 10, name: "Elsewhere" }],
    memberships: [seedMembership(2, 10, "admin")],
  });
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

const read = (query: Partial<AccessQuery>) => getAccess(context, { ...accessQuerySchema.parse({}), ...query });
const namesOf = async (query: Partial<AccessQuery>) => (await read(query)).rows.map(({ name }) => name);

test("every account stands against every project with its memberships, strongest first, and nothing of elsewhere", async () => {
  const page = await read({});
  expect(accessPageSchema.parse(page)).toEqual(page);
  expect(page.projects.map(({ name }) => name)).toEqual(["app", "Web", "Zoo"]);
  expect(page.rows).toHaveLength(100);
  expect(page).toMatchObject({ total: 123, unfilteredTotal: 123, grants: ["individual", "organization", "team"] });
  expect(page.roles).toEqual(["owner", "Data steward", "analyst", "consumer"]);
  expect(page.rows.slice(0, 2)).toMatchObject([
    { id: 3, name: "alpha", own: false, held: [[20, "Data steward", "individual"]] },
    {
      id: 2,
      name: "Billing",
      held: [
        [10, "analyst", "team"],
        [10, "consumer", "individual"],
      ],
    },
  ]);
  expect((await read({ page: 2 })).rows).toHaveLength(23);
  expect((await read({ page: 3 })).rows).toEqual([]);
});

test("a filter leaves who holds such a membership, in one membership and not in two", async () => {
  expect(await namesOf({ role: ["analyst", "Data steward"] })).toEqual(["alpha", "Billing"]);
  expect(await namesOf({ role: ["analyst"], grant: ["individual"] })).toEqual([]);
  expect(await namesOf({ grant: ["organization"] })).toEqual(["keywarden"]);
  expect(await namesOf({ role: ["consumer"], project: [20] })).toEqual([]);
  expect(await namesOf({ search: "ZOE@" })).toEqual(["Billing"]);
  expect(await read({ project: [20, 30] })).toMatchObject({
    projects: [{ id: 20 }, { id: 30 }],
    rows: [{ id: 3 }, { id: 1, own: true, held: [[20], [30]].map(([id]) => [id, "owner", "organization"]) }],
    total: 2,
    unfilteredTotal: 123,
  });
});

test("rows come by name, by strongest role or by most projects", async () => {
  expect((await namesOf({ sort: "role" })).slice(0, 4)).toEqual(["keywarden", "alpha", "Billing", "job-100"]);
  expect((await namesOf({ sort: "projects" })).slice(0, 3)).toEqual(["keywarden", "alpha", "Billing"]);
});
