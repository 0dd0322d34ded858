import type { StoredAccount, StoredInventory, StoredMembership, StoredProject } from "@/lib/db/inventory-rows";
import type { Touches } from "@/lib/db/inventory-touches";
import type { Project } from "@/lib/domain/project";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { deriveAccountColumns, deriveProjectColumns } from "./derive";
import { groupBy } from "./group-by";
import { type MemberChanges, planMembers } from "./plan-members";
import { toStoredAccount } from "./stored-form";

/** A whole reading of an organization, as a sync makes it. */
export type Reading = {
  ticket: number;
  /** When it began: all of it is at least this new. */
  at: string;
  accounts: readonly ServiceAccount[];
  projects: readonly Project[];
  /** Project → members, for each project that could be read. */
  members: ReadonlyMap<number, readonly StoredMembership[]>;
  /** Project → why its members could not be read. */
  problems: ReadonlyMap<number, string>;
};

/** What has to be written so that the stored picture becomes the reading. */
export type Replacement = {
  accounts: StoredAccount[];
  projects: StoredProject[];
  goneAccounts: number[];
  goneProjects: number[];
  memberChanges: ({ projectId: number } & Omit<MemberChanges, "after">)[];
  /** Projects whose members are now those of the reading. */
  readProjects: number[];
};

const projectColumns = [
  "name",
  "region",
  "timezone",
  "member_count",
  "organization_grant_count",
  "synced_at",
  "problem",
] as const satisfies (keyof StoredProject)[];

/** What a reading can change of an account; `search_text` and `name` follow from these. */
const accountColumns = [
  "username",
  "creator_id",
  "creator_name",
  "creator_email",
  "created_at",
  "expires_at",
  "last_used_at",
  "highest_role",
  "highest_role_rank",
  "highest_grant",
  "project_count",
] as const satisfies (keyof StoredAccount)[];

function differs<T>(row: T, stored: T | undefined, columns: readonly (keyof T)[]): boolean {
  return !stored || columns.some((column) => row[column] !== stored[column]);
}

/**
 * Compares what is stored with a reading. A project that could not be read keeps its members, and whatever was written
 * after the reading began (see `Touches`) stays as it is.
 */
export function planReplacement(
  organizationKey: string,
  stored: StoredInventory,
  touches: Touches,
  reading: Reading,
): Replacement {
  const storedAccounts = new Map(stored.accounts.map((row) => [row.id, row]));
  const storedProjects = new Map(stored.projects.map((row) => [row.id, row]));
  const storedMembers = groupBy(stored.memberships, (row) => row.project_id);
  const isNewer = (kind: keyof Touches, id: number) => (touches[kind].get(id) ?? 0) > reading.ticket;

  const accounts = new Map<number, StoredAccount>();
  for (const account of reading.accounts) {
    if (isNewer("accounts", account.id)) continue;
    const known = storedAccounts.get(account.id);
    const { organization_role, first_seen_at } = known ?? {};
    const row = toStoredAccount(organizationKey, account, first_seen_at ?? reading.at);
    accounts.set(account.id, { ...row, organization_role: organization_role ?? null });
  }
  for (const row of stored.accounts) if (isNewer("accounts", row.id)) accounts.set(row.id, row);

  const memberships: StoredMembership[] = [];
  const plan: Replacement = {
    accounts: [],
    projects: [],
    goneAccounts: [...storedAccounts.keys()].filter((id) => !accounts.has(id)),
    goneProjects: [],
    memberChanges: [],
    readProjects: [],
  };
  const listed = new Set(reading.projects.map(({ id }) => id));
  plan.goneProjects = [...storedProjects.keys()].filter((id) => !listed.has(id));

  for (const { id, name, region, timezone } of reading.projects) {
    const known = storedProjects.get(id);
    const kept = storedMembers.get(id) ?? [];
    const read = isNewer("projects", id) ? undefined : reading.members.get(id);
    const { after, ...changes } = planMembers(kept, read ?? kept, {
      exists: (accountId) => accounts.has(accountId),
      isNewer: (accountId) => isNewer("accounts", accountId),
    });
    for (const membership of after) memberships.push(membership);
    if (changes.withdrawn.length + changes.added.length > 0) plan.memberChanges.push({ projectId: id, ...changes });
    if (read) plan.readProjects.push(id);
    const problem = isNewer("projects", id) ? (known?.problem ?? null) : (reading.problems.get(id) ?? null);
    const syncedAt = read ? reading.at : (known?.synced_at ?? null);
    const row: StoredProject = {
      organization_key: organizationKey,
      id,
      name,
      region,
      timezone,
      ...deriveProjectColumns(after),
      synced_at: syncedAt,
      problem,
    };
    if (differs(row, known, projectColumns)) plan.projects.push(row);
  }

  const membershipsOf = groupBy(memberships, (row) => row.account_id);
  for (const account of accounts.values()) {
    const row = { ...account, ...deriveAccountColumns(membershipsOf.get(account.id) ?? []) };
    if (differs(row, storedAccounts.get(account.id), accountColumns)) plan.accounts.push(row);
  }
  return plan;
}
