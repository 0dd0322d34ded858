import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveAnnotation } from "@/lib/db/annotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { saveUsageHistories } from "@/lib/db/usage-histories";
import { annotationSchema } from "@/lib/domain/annotation";
import type { AccountListRow } from "@/lib/domain/inventory-view";
import {
  type AccountQuery,
  accountQuerySchema,
  accountSorts,
  NO_OWNER,
  pageSizes,
  usageFilters,
} from "@/lib/domain/list-query";
import { roleRank } from "@/lib/domain/role";
import { expiryState, expiryStates, usageState } from "@/lib/domain/service-account";
import { epochDay } from "@/lib/domain/usage-history";
import type { OrganizationContext } from "@/lib/services/context";
import { deriveLife } from "@/lib/services/inventory/derive-life";
import { seedAccount, seedInventory, seedMembership } from "@/lib/services/inventory/testing/seed-inventory";
import { TestConsole } from "@/lib/services/inventory/testing/test-console";
import { listServiceAccounts } from "./list-service-accounts";

const DAY = 86_400_000;
const start = Date.now();
const days = (count: number) => new Date(start + count * DAY).toISOString();
const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
const nobody = "http://127.0.0.1:9/api/app";

const names = ["export-prod", "Export-QA", "100%_sure", "back\\slash", "sync", "sync", "Écran", "a'b;--"];
const expiries = [null, days(-400), days(-1), days(3), days(7.5), days(29), days(31), days(89), days(91), days(800)];
const uses = [null, days(-0.01), days(-29), days(-89), days(-91), days(-900)];
const roles = ["owner", "admin", "analyst", "consumer", "Marketing reader", "no role"];
const creators = [
  [null, null],
  ["Ada Lovelace", "ada@example.com"],
  [null, "zoe@example.com"],
  ["Émile", null],
] as const;

const accounts = Array.from({ length: 120 }, (_, index) => {
  const [creatorName, creatorEmail] = creators[index % creators.length]!;
  return seedAccount(1_000 + index, {
    username:
      index === 5
        ? owner.username
        : `${names[index % names.length]}.${(index + 0xa0000).toString(16).padStart(6, "0")}.mp-service-account`,
    creatorName,
    creatorEmail,
    createdAt: index % 11 === 0 ? null : days(-index),
    expiresAt: expiries[index % expiries.length]!,
    lastUsedAt: uses[index % uses.length]!,
  });
});
const projects = [1, 2, 3].map((id) => ({ id, name: `Project ${id}` }));
const memberships = accounts.flatMap(({ id }, index) =>
  index % 7 === 0
    ? []
    : projects.slice(0, index % 4).map((project) => seedMembership(id, project.id, roles[index % roles.length]!)),
);

const owners = [null, "Ada Lovelace", "Data, platform", "zoë", "-x"];
const notes = new Map(
  accounts.flatMap(({ id }, index) => {
    if (index % 5 === 0) return [];
    const tags = ["vendor:acme", "prod"].slice(0, index % 3);
    const note = { owner: owners[index % owners.length], tags, ticket: index % 4 === 0 ? "OPS-7" : null };
    return [[id, annotationSchema.parse({ ...note, purpose: "Nightly Écran", leadTimeDays: index % 7 ? null : 60 })]];
  }),
);
/** Some are used about every week, some about every half year. */
const histories = new Map(
  accounts.flatMap(({ id, lastUsedAt }, index) => {
    const last = lastUsedAt === null || index % 3 === 0 ? null : epochDay(lastUsedAt);
    const gap = index % 2 === 0 ? 7 : 180;
    return last === null ? [] : [[id, { since: last - 2 * gap, days: [last - 2 * gap, last - gap, last] }]];
  }),
);

let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;
let all: AccountListRow[];

beforeAll(async () => {
  stored = await openTestDatabase();
  desk = await TestConsole.open(
    stored.database,
    ["acme", "other"].map((key) => ({ key, organizationId: 77, region: "us", url: nobody, owner })),
  );
  context = desk.context("acme");
  await seedInventory(context, { accounts, projects, memberships });
  await inTransaction(stored.database, async (transaction) => {
    for (const [accountId, annotation] of notes) {
      await saveAnnotation(transaction, { organizationKey: "acme", accountId }, annotation, { by: "Ada", at: days(0) });
    }
    await saveUsageHistories(transaction, "acme", histories);
    await deriveLife(transaction, "acme");
  });
  const elsewhere = [seedAccount(1_000, { username: "elsewhere.0a0a0a.mp-service-account" })];
  await seedInventory(desk.context("other"), { accounts: elsewhere, projects: [], memberships: [] });
  const pages = await Promise.all([1, 2, 3].map((page) => listServiceAccounts(context, { ...plain, page })));
  all = pages.flatMap(({ rows }) => rows);
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

const plain = accountQuerySchema.parse({});
const list = (query: Partial<AccountQuery>) => listServiceAccounts(context, { ...plain, ...query });

/** What a query means, over rows in memory. */
function passes(row: AccountListRow, query: AccountQuery): boolean {
  const now = context.now();
  const note = notes.get(row.id);
  const said = [note?.owner, note?.purpose, note?.ticket, ...(note?.tags ?? [])];
  const searched = [row.username, row.creatorName, row.creatorEmail, ...said].join("\n").toLowerCase();
  return (
    searched.includes(query.search.toLowerCase()) &&
    (query.expiry.length === 0 || query.expiry.includes(expiryState(row.expiresAt, now))) &&
    (query.role.length === 0 || (row.highestRole !== null && query.role.includes(row.highestRole))) &&
    (query.usage.length === 0 || query.usage.some((wanted) => usesOf(row, now).includes(wanted))) &&
    (query.owner === undefined || (note?.owner ?? NO_OWNER) === query.owner) &&
    (query.tag.length === 0 || query.tag.some((tag) => note?.tags.includes(tag))) &&
    (query.rotation === undefined || isDue(row, query.rotation, now)) &&
    (query.projects === undefined || row.projectCount === 0) &&
    (query.project === undefined ||
      memberships.some(({ accountId, projectId }) => accountId === row.id && projectId === query.project))
  );
}

/** A half-yearly job is not unused after 91 days. */
function usesOf({ lastUsedAt, usage }: AccountListRow, now: Date): string[] {
  const silent = usage.silentFrom !== null && Date.parse(usage.silentFrom) <= now.getTime();
  const calm = usage.silentFrom !== null && !silent;
  const state = usageState(lastUsedAt, now);
  return [...(silent ? ["silent"] : []), ...(state === "unused_90" && calm ? [] : [state])];
}

function isDue({ id, expiresAt }: AccountListRow, within: number, now: Date): boolean {
  if (expiresAt === null) return false;
  const left = Date.parse(expiresAt) - now.getTime();
  return left > 0 && left <= (within + (notes.get(id)?.leadTimeDays ?? 14) + 7) * DAY;
}

const sortValues: Record<AccountQuery["sort"], (row: AccountListRow) => string | number | null> = {
  name: (row) => row.name,
  owner: (row) => row.owner,
  role: (row) => (row.highestRole === null ? null : roleRank(row.highestRole)),
  projects: (row) => row.projectCount,
  created: (row) => row.createdAt,
  creator: (row) => row.creatorName ?? row.creatorEmail,
  lastUsed: (row) => row.lastUsedAt,
  expires: (row) => row.expiresAt,
  rotateBy: (row) => row.rotateBy,
};
const asciiFold = (value: string | number) => (typeof value === "string" ? value.toLowerCase() : value);

const queries: fc.Arbitrary<AccountQuery> = fc.record({
  search: fc.constantFrom(
    "",
    "",
    "EXPORT",
    "100%_",
    "\\",
    "_",
    "ada@",
    "é",
    "keywarden",
    "'",
    "ops-7",
    "nothing like it",
  ),
  expiry: fc.subarray([...expiryStates]),
  role: fc.subarray(roles),
  project: fc.constantFrom(undefined, undefined, 1, 3, 999),
  usage: fc.subarray([...usageFilters]),
  projects: fc.constantFrom(undefined, undefined, "none" as const),
  owner: fc.constantFrom(undefined, undefined, undefined, NO_OWNER, "Ada Lovelace", "Data, platform", "nobody"),
  tag: fc.subarray(["vendor:acme", "prod", "prod%", "vendor"], { maxLength: 2 }),
  rotation: fc.constantFrom(undefined, undefined, undefined, 0, 7, 60),
  sort: fc.constantFrom(...accountSorts),
  order: fc.constantFrom("asc", "desc"),
  page: fc.constantFrom(1, 1, 2, 9),
  size: fc.constantFrom(...pageSizes),
});

describe("the list of service accounts", () => {
  test("holds every account once over its pages, and no other organization's", () => {
    expect(all.map(({ id }) => id).sort()).toEqual(accounts.map(({ id }) => id).sort());
    expect(all.filter(({ own }) => own).map(({ username }) => username)).toEqual([owner.username]);
  });

  test("answers for any query what the query means", async () => {
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const { rows, total, unfilteredTotal } = await list(query);
        const expected = all.filter((row) => passes(row, query));
        expect(total).toBe(expected.length);
        expect(unfilteredTotal).toBe(accounts.length);
        expect(rows).toHaveLength(Math.min(query.size, Math.max(0, total - (query.page - 1) * query.size)));
        for (const row of rows) expect(passes(row, query)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test.each(accountSorts.flatMap((sort) => [["asc", sort] as const, ["desc", sort] as const]))(
    "sorts %s by %s with the unknown last and ties by id",
    async (order, sort) => {
      const { rows } = await list({ sort, order, size: 250 });
      expect(rows).toHaveLength(accounts.length);
      for (const [index, next] of rows.entries()) {
        const row = rows[index - 1];
        if (!row) continue;
        const [left, right] = [sortValues[sort](row), sortValues[sort](next)];
        if (left === null) expect(right).toBeNull();
        if (left === null || right === null) {
          if (left === right) expect(row.id).toBeLessThan(next.id);
          continue;
        }
        const [first, second] = order === "asc" ? [left, right] : [right, left];
        if (/[^\x20-\x7e]/.test(`${first}${second}`)) continue;
        expect(asciiFold(first) <= asciiFold(second)).toBe(true);
        if (asciiFold(first) === asciiFold(second)) expect(row.id).toBeLessThan(next.id);
      }
    },
  );

  test("offers the roles that occur, strongest first", async () => {
    const { roles: offered } = await list({ search: "nothing like it" });
    expect(offered).toEqual(["owner", "admin", "Marketing reader", "analyst", "consumer", "no role"]);
  });

  test("offers the owners and tags that are recorded", async () => {
    const { owners: offered, tags } = await list({ search: "nothing like it" });
    expect(offered).toEqual(["-x", "Ada Lovelace", "Data, platform", "zoë"]);
    expect(tags).toEqual(["prod", "vendor:acme"]);
  });
});
