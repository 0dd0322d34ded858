import type { StoredAccount, StoredInventory, StoredMembership, StoredProject } from "@/lib/db/inventory-rows";
import { groupBy } from "./group-by";
import type { Replacement } from "./plan-replacement";

/** An account's access of one kind before and after; `project` is null for what an organization's role gives everywhere. */
export type AccessDrift = { project: Pick<StoredProject, "id" | "name"> | null; before: string[]; after: string[] };

/** What a sync saw changed at Mixpanel for one account, compared with what was stored. */
export type Drift =
  | { kind: "created"; account: StoredAccount; access: AccessDrift[] }
  | { kind: "deleted"; account: StoredAccount }
  | { kind: "access"; account: StoredAccount; access: AccessDrift[] };

const byOrganization = (row: StoredMembership) => row.grant_type === "organization";

/**
 * Everything in a replacement that changes who may do what. A project that was never read before tells nothing new, and
 * neither does one that has gone with its memberships.
 */
export function findDrift(stored: StoredInventory, plan: Replacement): Drift[] {
  const before = new Map(stored.accounts.map((row) => [row.id, row]));
  const created = new Map(plan.accounts.filter(({ id }) => !before.has(id)).map((row) => [row.id, row]));
  const gone = new Set(plan.goneAccounts);
  const access = accessDrift(stored, plan);
  const drift: Drift[] = [];
  for (const account of created.values()) {
    drift.push({ kind: "created", account, access: access.get(account.id) ?? [] });
  }
  for (const account of stored.accounts) {
    const changes = access.get(account.id);
    if (gone.has(account.id)) drift.push({ kind: "deleted", account });
    else if (changes) drift.push({ kind: "access", account, access: changes });
  }
  return drift;
}

function accessDrift(stored: StoredInventory, plan: Replacement): Map<number, AccessDrift[]> {
  const projects = new Map(stored.projects.filter(({ synced_at }) => synced_at !== null).map((row) => [row.id, row]));
  const membersBefore = groupBy(stored.memberships, (row) => row.project_id);
  const found = new Map<number, AccessDrift[]>();
  for (const { projectId, withdrawn, added } of plan.memberChanges) {
    const project = projects.get(projectId);
    if (!project) continue;
    const had = groupBy(membersBefore.get(projectId) ?? [], (row) => row.account_id);
    const has = groupBy(added, (row) => row.account_id);
    for (const accountId of new Set([...withdrawn, ...has.keys()])) {
      const lists = { had: had.get(accountId) ?? [], has: has.get(accountId) ?? [] };
      const known = found.get(accountId) ?? [];
      found.set(accountId, withProject(known, project, lists));
    }
  }
  return found;
}

/** What an organization's role gives is one change, in however many projects it shows. */
function withProject(
  known: AccessDrift[],
  { id, name }: StoredProject,
  { had, has }: { had: StoredMembership[]; has: StoredMembership[] },
): AccessDrift[] {
  const own = { before: words(had, false), after: words(has, false) };
  const everywhere = { before: words(had, true), after: words(has, true) };
  const next = [...known];
  if (own.before.join() !== own.after.join()) next.push({ project: { id, name }, ...own });
  if (everywhere.before.join() !== everywhere.after.join() && !known.some(({ project }) => project === null)) {
    next.push({ project: null, ...everywhere });
  }
  return next;
}

function words(rows: readonly StoredMembership[], organization: boolean): string[] {
  const wanted = rows.filter((row) => byOrganization(row) === organization);
  return wanted.map(({ role, grant_type }) => (grant_type === "team" ? `${role} by a team` : role)).sort();
}
