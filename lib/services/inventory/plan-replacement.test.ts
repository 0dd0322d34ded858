import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredInventory } from "@/lib/db/inventory-rows";
import type { Touches } from "@/lib/db/inventory-touches";
import type { Membership } from "@/lib/domain/membership";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { deriveAccountColumns, deriveProjectColumns } from "./derive";
import { planReplacement, type Reading, type Replacement } from "./plan-replacement";
import { toStoredMemberships } from "./stored-form";

const KEY = "acme";
const AT = "2030-01-01T00:00:00.000Z";
const noTouches: Touches = { accounts: new Map(), projects: new Map() };
const empty: StoredInventory = { accounts: [], projects: [], memberships: [] };
const ids = [1, 2, 3, 4, 5];

const account = (id: number, lastUsedAt: string | null = null): ServiceAccount => ({
  id,
  username: `job-${id}.95a0b8.mp-service-account`,
  creatorId: 9,
  creatorName: "Ada",
  creatorEmail: null,
  createdAt: AT,
  expiresAt: null,
  lastUsedAt,
});

const memberships = fc.array(
  fc.record({
    projectId: fc.constantFrom(...ids),
    accountId: fc.constantFrom(...ids, 99),
    role: fc.constantFrom("owner", "analyst", "consumer", "Custom"),
    grant: fc.constantFrom("individual", "team", "organization"),
    sensitiveAccess: fc.constantFrom(true, false, null),
  }),
  { maxLength: 30 },
);

type World = { accounts: ServiceAccount[]; projects: number[]; memberships: Membership[] };
const world: fc.Arbitrary<World> = fc.record({
  accounts: fc
    .subarray(ids)
    .chain((chosen) => fc.tuple(...chosen.map((id) => fc.constantFrom(null, AT).map((used) => account(id, used))))),
  projects: fc.subarray(ids),
  memberships,
});

function readingOf(world: World, { ticket = 10, at = AT, failing = [] as number[] } = {}): Reading {
  const readable = world.projects.filter((id) => !failing.includes(id));
  return {
    ticket,
    at,
    accounts: world.accounts,
    projects: world.projects.map((id) => ({ id, name: `Project ${id}`, region: "us", timezone: null })),
    members: new Map(
      readable.map((id) => [
        id,
        toStoredMemberships(
          KEY,
          world.memberships.filter(({ projectId }) => projectId === id),
        ),
      ]),
    ),
    problems: new Map(failing.map((id) => [id, "500"])),
  };
}

/** What the database would hold afterwards. */
function apply(stored: StoredInventory, plan: Replacement): StoredInventory {
  const upsert = <T extends { id: number }>(rows: T[], changed: T[], gone: number[]) =>
    [...new Map([...rows, ...changed].map((row) => [row.id, row])).values()].filter(({ id }) => !gone.includes(id));
  const left = stored.memberships.filter(
    ({ project_id, account_id }) =>
      !plan.goneProjects.includes(project_id) &&
      !plan.goneAccounts.includes(account_id) &&
      !plan.memberChanges.some(
        ({ projectId, withdrawn }) => projectId === project_id && withdrawn.includes(account_id),
      ),
  );
  return {
    accounts: upsert(stored.accounts, plan.accounts, plan.goneAccounts),
    projects: upsert(stored.projects, plan.projects, plan.goneProjects),
    memberships: [...left, ...plan.memberChanges.flatMap(({ added }) => added)],
  };
}

const replaced = (stored: StoredInventory, reading: Reading, touches = noTouches) =>
  apply(stored, planReplacement(KEY, stored, touches, reading));
const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
const heldIn = (inventory: StoredInventory, projectId: number) =>
  sorted(inventory.memberships.filter((row) => row.project_id === projectId));
const heldBy = (inventory: StoredInventory, accountId: number) =>
  sorted(inventory.memberships.filter((row) => row.account_id === accountId));

describe("planReplacement", () => {
  test("makes any stored picture the reading, whatever it was before", () => {
    fc.assert(
      fc.property(world, world, (before, now) => {
        const after = replaced(replaced(empty, readingOf(before)), readingOf(now, { ticket: 11 }));
        expect(after.accounts.map(({ id, last_used_at }) => [id, last_used_at]).sort()).toEqual(
          now.accounts.map(({ id, lastUsedAt }) => [id, lastUsedAt]).sort(),
        );
        expect(after.projects.map(({ id }) => id).sort()).toEqual([...now.projects].sort());
        const expected = now.memberships.filter(
          ({ projectId, accountId }) =>
            now.projects.includes(projectId) && now.accounts.some(({ id }) => id === accountId),
        );
        const fact = ({ project_id, account_id, role, grant_type }: (typeof after.memberships)[number]) =>
          JSON.stringify([project_id, account_id, role, grant_type]);
        expect([...new Set(after.memberships.map(fact))].sort()).toEqual(
          [...new Set(toStoredMemberships(KEY, expected).map(fact))].sort(),
        );
        expect(after.memberships).toHaveLength(new Set(after.memberships.map(fact)).size);
      }),
    );
  });

  test("derived columns always follow from the memberships that are left", () => {
    fc.assert(
      fc.property(world, world, fc.subarray(ids), (before, now, failing) => {
        const after = replaced(replaced(empty, readingOf(before)), readingOf(now, { ticket: 11, failing }));
        for (const row of after.accounts) {
          const held = after.memberships.filter(({ account_id }) => account_id === row.id);
          expect(row).toMatchObject(deriveAccountColumns(held));
        }
        for (const row of after.projects) {
          const held = after.memberships.filter(({ project_id }) => project_id === row.id);
          expect(row).toMatchObject(deriveProjectColumns(held));
        }
      }),
    );
  });

  test("the same reading again changes nothing", () => {
    fc.assert(
      fc.property(world, (now) => {
        const stored = replaced(empty, readingOf(now));
        const { readProjects, ...plan } = planReplacement(KEY, stored, noTouches, readingOf(now, { ticket: 11 }));
        expect(plan).toEqual({ accounts: [], projects: [], goneAccounts: [], goneProjects: [], memberChanges: [] });
        expect(readProjects).toEqual(now.projects);
      }),
    );
  });

  test("a project that cannot be read keeps the members that still exist, and says why", () => {
    fc.assert(
      fc.property(world, world, fc.constantFrom(...ids), (before, now, failing) => {
        fc.pre(before.projects.includes(failing) && now.projects.includes(failing));
        const stored = replaced(empty, readingOf(before));
        const after = replaced(
          stored,
          readingOf(now, { ticket: 11, at: "2030-01-02T00:00:00.000Z", failing: [failing] }),
        );
        const exists = (id: number) => now.accounts.some((known) => known.id === id);
        const kept = stored.memberships.filter((row) => row.project_id === failing && exists(row.account_id));
        expect(heldIn(after, failing)).toEqual(sorted(kept));
        expect(after.projects.find(({ id }) => id === failing)).toMatchObject({ problem: "500", synced_at: AT });
      }),
    );
  });

  test("what was written after the reading began stays as it is", () => {
    fc.assert(
      fc.property(
        world,
        world,
        fc.constantFrom(...ids),
        fc.constantFrom(...ids),
        (before, now, accountId, projectId) => {
          const stored = replaced(empty, readingOf(before));
          const touches = { accounts: new Map([[accountId, 12]]), projects: new Map([[projectId, 12]]) };
          const after = replaced(stored, readingOf(now, { ticket: 11 }), touches);
          const rowOf = (inventory: StoredInventory) =>
            inventory.accounts.find(({ id }) => id === accountId)?.last_used_at;
          expect(rowOf(after)).toEqual(rowOf(stored));
          const inProjectsLeft = stored.memberships.filter(
            (row) => row.account_id === accountId && now.projects.includes(row.project_id),
          );
          expect(heldBy(after, accountId)).toEqual(sorted(inProjectsLeft));
          if (!now.projects.includes(projectId)) return;
          const stillThere = (id: number) => after.accounts.some((row) => row.id === id);
          const members = stored.memberships.filter(
            (row) => row.project_id === projectId && stillThere(row.account_id),
          );
          expect(heldIn(after, projectId)).toEqual(sorted(members));
        },
      ),
    );
  });

  test("a reading that began later than what was written replaces it", () => {
    const stored = replaced(empty, readingOf({ accounts: [account(1)], projects: [1], memberships: [] }));
    const touches = { accounts: new Map([[1, 11]]), projects: new Map([[1, 11]]) };
    const after = replaced(
      stored,
      readingOf({ accounts: [], projects: [1], memberships: [] }, { ticket: 11 }),
      touches,
    );
    expect(after.accounts).toEqual([]);
  });

  test("keeps what only Keywarden knows of an account", () => {
    const first = replaced(empty, readingOf({ accounts: [account(1)], projects: [], memberships: [] }));
    const [row] = first.accounts;
    const known = { ...row!, organization_role: "admin" };
    const later = { at: "2031-01-01T00:00:00.000Z", ticket: 11 };
    const now = readingOf({ accounts: [account(1, AT)], projects: [], memberships: [] }, later);
    expect(replaced({ ...first, accounts: [known] }, now).accounts).toEqual([{ ...known, last_used_at: AT }]);
  });
});
