import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { projectDetailSchema, projectPageSchema } from "@/lib/domain/inventory-view";
import { type ProjectQuery, projectQuerySchema } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { seedAccount, seedInventory, seedMembership } from "@/lib/services/inventory/testing/seed-inventory";
import { TestConsole } from "@/lib/services/inventory/testing/test-console";
import { getProject } from "./get-project";
import { listProjects } from "./list-projects";

const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;

beforeAll(async () => {
  stored = await openTestDatabase();
  const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
  desk = await TestConsole.open(stored.database, [
    { key: "acme", ...place },
    { key: "other", ...place },
  ]);
  context = desk.context("acme");
  await seedInventory(context, {
    accounts: Array.from({ length: 1_100 }, (_, index) => seedAccount(index + 1)),
    projects: [
      { id: 10, name: "Web" },
      { id: 20, name: "app 100%" },
      { id: 30, name: "Écran" },
    ],
    memberships: [
      ...Array.from({ length: 1_100 }, (_, index) => seedMembership(index + 1, 10, "consumer")),
      seedMembership(7, 10, "owner", "organization"),
      seedMembership(9, 20, "analyst"),
    ],
  });
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

const list = (query: Partial<ProjectQuery>) => listProjects(context, projectQuerySchema.parse(query));
const idsOf = async (query: Partial<ProjectQuery>) => (await list(query)).rows.map(({ id }) => id);

test("projects are sorted, searched by name or id, and paged", async () => {
  const page = await list({});
  expect(projectPageSchema.parse(page)).toEqual(page);
  expect(page.rows.map(({ name }) => name).slice(0, 2)).toEqual(["app 100%", "Web"]);
  expect(await idsOf({ sort: "members", order: "desc" })).toEqual([10, 20, 30]);
  expect(await idsOf({ sort: "id", order: "desc" })).toEqual([30, 20, 10]);
  expect(await idsOf({ search: "WEB" })).toEqual([10]);
  expect(await idsOf({ search: "0%" })).toEqual([20]);
  expect(await idsOf({ search: "Éc" })).toEqual([30]);
  expect(await idsOf({ search: "30" })).toEqual([30]);
  expect(await list({ search: "%%", size: 1 })).toMatchObject({ rows: [], total: 0, unfilteredTotal: 3 });
  expect(await list({ sort: "id", page: 2, size: 2 })).toMatchObject({ rows: [{ id: 30 }], total: 3 });
});

test("a project shows its members once per grant, strongest first, a thousand at most and how many there are", async () => {
  const detail = await getProject(context, 10);
  expect(projectDetailSchema.parse(detail)).toEqual(detail);
  expect(detail.project).toMatchObject({ memberCount: 1_100, organizationGrantCount: 1 });
  expect(detail.members).toHaveLength(1_000);
  expect(detail.total).toBe(1_101);
  expect(detail.members[0]).toMatchObject({ id: 7, role: "owner", grant: "organization" });
  expect(detail.members.slice(1).every(({ grant }) => grant === "individual")).toBe(true);
});

test("another organization's project is not found", async () => {
  await expect(getProject(desk.context("other"), 10)).rejects.toMatchObject({ code: "not_found" });
});
