import type { Kysely } from "kysely";
import { inBatches } from "./in-batches";
import type { StoredAccount, StoredInventory, StoredMembership, StoredProject } from "./inventory-rows";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
const PROJECTS_PER_READ = 20;

/** Reads everything stored of an organization, in slices, so that others are served in between. */
export async function loadInventory(handle: Handle, key: string): Promise<StoredInventory> {
  const projects = await handle.selectFrom("projects").selectAll().where("organization_key", "=", key).execute();
  return {
    projects,
    accounts: await loadAccounts(handle, key, await findAllAccountIds(handle, key)),
    memberships: await loadMembershipsOfProjects(
      handle,
      key,
      projects.map(({ id }) => id),
    ),
  };
}

export async function findAllAccountIds(handle: Handle, key: string): Promise<number[]> {
  const rows = await handle.selectFrom("service_accounts").select("id").where("organization_key", "=", key).execute();
  return rows.map(({ id }) => id);
}

export async function findAccountNames(handle: Handle, key: string): Promise<Map<number, string>> {
  const accounts = handle.selectFrom("service_accounts").select(["id", "name"]).where("organization_key", "=", key);
  return new Map((await accounts.execute()).map(({ id, name }) => [id, name]));
}

export async function loadAccounts(handle: Handle, key: string, ids: readonly number[]): Promise<StoredAccount[]> {
  const rows: StoredAccount[] = [];
  await inBatches(ids, async (batch) => {
    const query = handle.selectFrom("service_accounts").selectAll().where("organization_key", "=", key);
    rows.push(...(await query.where("id", "in", batch).execute()));
  });
  return rows;
}

export async function loadProjects(handle: Handle, key: string, ids: readonly number[]): Promise<StoredProject[]> {
  const rows: StoredProject[] = [];
  await inBatches(ids, async (batch) => {
    const query = handle.selectFrom("projects").selectAll().where("organization_key", "=", key);
    rows.push(...(await query.where("id", "in", batch).execute()));
  });
  return rows;
}

export async function loadMembershipsOfProjects(
  handle: Handle,
  key: string,
  projectIds: readonly number[],
): Promise<StoredMembership[]> {
  const rows: StoredMembership[] = [];
  const read = async (batch: number[]) => {
    const query = handle.selectFrom("memberships").selectAll().where("organization_key", "=", key);
    for (const row of await query.where("project_id", "in", batch).execute()) rows.push(row);
  };
  await inBatches(projectIds, read, PROJECTS_PER_READ);
  return rows;
}

export async function loadMembershipsOfAccounts(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
): Promise<StoredMembership[]> {
  const rows: StoredMembership[] = [];
  await inBatches(accountIds, async (batch) => {
    const query = handle.selectFrom("memberships").selectAll().where("organization_key", "=", key);
    for (const row of await query.where("account_id", "in", batch).execute()) rows.push(row);
  });
  return rows;
}

export async function loadProjectIds(handle: Handle, key: string): Promise<number[]> {
  const rows = await handle.selectFrom("projects").select("id").where("organization_key", "=", key).execute();
  return rows.map(({ id }) => id);
}
