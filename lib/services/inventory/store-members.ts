import type { Transaction } from "@/lib/db/database";
import { loadAccounts, loadMembershipsOfAccounts, loadMembershipsOfProjects, loadProjects } from "@/lib/db/inventory";
import type { StoredMembership } from "@/lib/db/inventory-rows";
import { loadTouches, lockInventory, recordTouches } from "@/lib/db/inventory-touches";
import { deleteMembershipsInProject, insertMemberships, saveAccounts, saveProjects } from "@/lib/db/inventory-writes";
import { deriveAccountColumns, deriveProjectColumns } from "./derive";
import { groupBy } from "./group-by";
import { planMembers } from "./plan-members";

/** One project's members as a reading with this ticket found them. */
export type ProjectReading = { ticket: number; at: string; members: readonly StoredMembership[] };

/** Makes readings of single projects the stored picture, except where a later reading or change was stored before. */
export async function storeProjectReadings(
  transaction: Transaction,
  organizationKey: string,
  readings: ReadonlyMap<number, ProjectReading>,
): Promise<void> {
  await lockInventory(transaction, organizationKey);
  const touches = await loadTouches(transaction, organizationKey);
  const changed = new Set<number>();
  for (const project of await loadProjects(transaction, organizationKey, [...readings.keys()])) {
    const reading = readings.get(project.id);
    if (!reading || (touches.projects.get(project.id) ?? 0) > reading.ticket) continue;
    const stored = await loadMembershipsOfProjects(transaction, organizationKey, [project.id]);
    const present = await presentAccounts(transaction, organizationKey, [...stored, ...reading.members]);
    const { after, withdrawn, added } = planMembers(stored, reading.members, {
      exists: (accountId) => present.has(accountId),
      isNewer: (accountId) => (touches.accounts.get(accountId) ?? 0) > reading.ticket,
    });
    await deleteMembershipsInProject(transaction, organizationKey, project.id, withdrawn);
    await insertMemberships(transaction, added);
    const columns = { ...deriveProjectColumns(after), synced_at: reading.at, problem: null };
    await saveProjects(transaction, [{ ...project, ...columns }]);
    await recordTouches(transaction, organizationKey, "project", [project.id], reading.ticket);
    for (const accountId of [...withdrawn, ...added.map((row) => row.account_id)]) changed.add(accountId);
  }
  await rederiveAccounts(transaction, organizationKey, [...changed]);
}

async function presentAccounts(transaction: Transaction, organizationKey: string, rows: readonly StoredMembership[]) {
  const ids = [...new Set(rows.map((row) => row.account_id))];
  return new Set((await loadAccounts(transaction, organizationKey, ids)).map(({ id }) => id));
}

/** Computes anew what follows from the memberships of these accounts. */
export async function rederiveAccounts(
  transaction: Transaction,
  organizationKey: string,
  accountIds: readonly number[],
): Promise<void> {
  const memberships = groupBy(
    await loadMembershipsOfAccounts(transaction, organizationKey, accountIds),
    (row) => row.account_id,
  );
  const accounts = await loadAccounts(transaction, organizationKey, accountIds);
  await saveAccounts(
    transaction,
    accounts.map((account) => ({ ...account, ...deriveAccountColumns(memberships.get(account.id) ?? []) })),
  );
}

/** Computes anew what follows from the memberships in these projects. */
export async function rederiveProjects(
  transaction: Transaction,
  organizationKey: string,
  projectIds: readonly number[],
): Promise<void> {
  const memberships = groupBy(
    await loadMembershipsOfProjects(transaction, organizationKey, projectIds),
    (row) => row.project_id,
  );
  const projects = await loadProjects(transaction, organizationKey, projectIds);
  await saveProjects(
    transaction,
    projects.map((project) => ({ ...project, ...deriveProjectColumns(memberships.get(project.id) ?? []) })),
  );
}
