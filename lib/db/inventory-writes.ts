import type { Kysely } from "kysely";
import { inBatches } from "./in-batches";
import type { StoredAccount, StoredMembership, StoredProject } from "./inventory-rows";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** Writes accounts whole, but for what only Keywarden knows of them: organization role and when first seen. */
export async function saveAccounts(handle: Handle, rows: readonly StoredAccount[]): Promise<void> {
  await inBatches(rows, (batch) =>
    handle
      .insertInto("service_accounts")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["organization_key", "id"]).doUpdateSet((row) => ({
          username: row.ref("excluded.username"),
          name: row.ref("excluded.name"),
          search_text: row.ref("excluded.search_text"),
          creator_id: row.ref("excluded.creator_id"),
          creator_name: row.ref("excluded.creator_name"),
          creator_email: row.ref("excluded.creator_email"),
          created_at: row.ref("excluded.created_at"),
          expires_at: row.ref("excluded.expires_at"),
          last_used_at: row.ref("excluded.last_used_at"),
          highest_role: row.ref("excluded.highest_role"),
          highest_role_rank: row.ref("excluded.highest_role_rank"),
          highest_grant: row.ref("excluded.highest_grant"),
          project_count: row.ref("excluded.project_count"),
        })),
      )
      .execute(),
  );
}

export async function saveProjects(handle: Handle, rows: readonly StoredProject[]): Promise<void> {
  await inBatches(rows, (batch) =>
    handle
      .insertInto("projects")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["organization_key", "id"]).doUpdateSet((row) => ({
          name: row.ref("excluded.name"),
          region: row.ref("excluded.region"),
          timezone: row.ref("excluded.timezone"),
          member_count: row.ref("excluded.member_count"),
          organization_grant_count: row.ref("excluded.organization_grant_count"),
          synced_at: row.ref("excluded.synced_at"),
          problem: row.ref("excluded.problem"),
        })),
      )
      .execute(),
  );
}

export async function insertMemberships(handle: Handle, rows: readonly StoredMembership[]): Promise<void> {
  await inBatches(rows, (batch) => handle.insertInto("memberships").values(batch).execute());
}

/** Takes every membership of these accounts in one project away, by whatever grant. */
export async function deleteMembershipsInProject(
  handle: Handle,
  key: string,
  projectId: number,
  accountIds: readonly number[],
): Promise<void> {
  await inBatches(accountIds, (batch) =>
    handle
      .deleteFrom("memberships")
      .where("organization_key", "=", key)
      .where("project_id", "=", projectId)
      .where("account_id", "in", batch)
      .execute(),
  );
}

/** Removes accounts and all their memberships. */
export async function deleteAccounts(handle: Handle, key: string, ids: readonly number[]): Promise<void> {
  await inBatches(ids, async (batch) => {
    const memberships = handle.deleteFrom("memberships").where("organization_key", "=", key);
    await memberships.where("account_id", "in", batch).execute();
    const accounts = handle.deleteFrom("service_accounts").where("organization_key", "=", key);
    await accounts.where("id", "in", batch).execute();
  });
}

/** Removes projects and all their memberships. */
export async function deleteProjects(handle: Handle, key: string, ids: readonly number[]): Promise<void> {
  await inBatches(ids, async (batch) => {
    const memberships = handle.deleteFrom("memberships").where("organization_key", "=", key);
    await memberships.where("project_id", "in", batch).execute();
    const projects = handle.deleteFrom("projects").where("organization_key", "=", key);
    await projects.where("id", "in", batch).execute();
  });
}
