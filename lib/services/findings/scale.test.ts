import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { findingQuerySchema } from "@/lib/domain/finding-view";
import type { OrganizationContext } from "@/lib/services/context";
import { seedAccount, seedInventory, seedMembership } from "@/lib/services/inventory/testing/seed-inventory";
import { TestConsole } from "@/lib/services/inventory/testing/test-console";
import { judgeOrganization } from "./judge-organization";
import { listFindings } from "./list-findings";

const ACCOUNTS = 10_000;
const PROJECTS = 200;
const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
const day = (index: number) => new Date(Date.now() + ((index % 800) - 400) * 86_400_000).toISOString();

let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;

beforeAll(async () => {
  stored = await openTestDatabase();
  const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
  desk = await TestConsole.open(stored.database, [{ key: "acme", ...place }]);
  context = desk.context("acme");
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) =>
    seedAccount(index + 1, {
      createdAt: new Date(Date.now() - (index % 500) * 86_400_000).toISOString(),
      expiresAt: index % 5 === 0 ? null : day(index * 13),
      lastUsedAt: index % 6 === 0 ? null : new Date(Date.now() - (index % 300) * 86_400_000).toISOString(),
    }),
  );
  const projects = Array.from({ length: PROJECTS }, (_, index) => ({ id: index + 1, name: `Project ${index}` }));
  const memberships = accounts.flatMap(({ id }) =>
    Array.from({ length: id % 9 }, (_, step) => seedMembership(id, ((id * 31 + step * 57) % PROJECTS) + 1, "analyst")),
  );
  await seedInventory(context, { accounts, projects, memberships });
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

/** Milliseconds of the processor since then. */
function workSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** No limit on a clock: a machine that is busy with other things would fail it. The figures are for whoever reads on. */
test("ten thousand accounts are judged in steps, and judged again without writing anything", async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = process.cpuUsage();
  expect(await judgeOrganization(context)).toBe("judged");
  const first = workSince(started);
  delay.disable();
  const found = await stored.database
    .selectFrom("findings")
    .selectAll()
    .orderBy("account_id")
    .orderBy("rule")
    .execute();
  expect(found.length).toBeGreaterThan(ACCOUNTS);
  const again = process.cpuUsage();
  expect(await judgeOrganization(context)).toBe("judged");
  const second = workSince(again);
  const after = await stored.database
    .selectFrom("findings")
    .selectAll()
    .orderBy("account_id")
    .orderBy("rule")
    .execute();
  expect(after).toEqual(found);
  const asked = process.cpuUsage();
  const page = await listFindings(context, findingQuerySchema.parse({ group: "owner", page: 100 }));
  const listed = workSince(asked);
  expect(page.rows).toHaveLength(50);
  expect(page.total).toBe(found.length);
  const ms = (value: number) => `${Math.round(value)} ms`;
  process.stdout.write(
    `${found.length} findings, work: first ${ms(first)}, again ${ms(second)}, longest block ${ms(delay.max / 1e6)}, a page ${ms(listed)}\n`,
  );
});
