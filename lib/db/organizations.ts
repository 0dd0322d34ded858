import type { Kysely, Updateable } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Changes = Updateable<Tables["organizations"]>;

/** The lease that keeps two replicas from reading one organization at a time. */
export function syncLeaseName(key: string): string {
  return `sync:${key}`;
}

/** The organizations' rows with what their sync's state takes beside them. */
export async function findOrganizations(handle: Handle, keys: readonly string[]) {
  if (keys.length === 0) return [];
  return handle
    .selectFrom("organizations")
    .selectAll("organizations")
    .select((row) => [
      row
        .selectFrom("projects")
        .whereRef("projects.organization_key", "=", "organizations.key")
        .where("projects.problem", "is not", null)
        .select((project) => project.fn.countAll<number>().as("count"))
        .as("unread_projects"),
    ])
    .where("key", "in", [...keys])
    .execute();
}
export type OrganizationState = Awaited<ReturnType<typeof findOrganizations>>[number];

/** When each of these leases runs out, by name. */
export async function findLeaseEnds(handle: Handle, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const leases = handle.selectFrom("leases").select(["name", "expires_at"]);
  const rows = await leases.where("name", "in", [...names]).execute();
  return new Map(rows.map((row) => [row.name, row.expires_at]));
}

/** When the stored picture was read; null before the first sync. */
export async function findSyncedAt(handle: Handle, key: string): Promise<string | null> {
  const row = await handle.selectFrom("organizations").select("synced_at").where("key", "=", key).executeTakeFirst();
  return row?.synced_at ?? null;
}

export async function findDoubt(handle: Handle, key: string): Promise<string | null> {
  const row = await handle.selectFrom("organizations").select("sync_doubt").where("key", "=", key).executeTakeFirst();
  return row?.sync_doubt ?? null;
}

export async function updateOrganization(handle: Handle, key: string, changes: Changes): Promise<void> {
  await handle.updateTable("organizations").set(changes).where("key", "=", key).execute();
}

/** Moves the count of projects read on, never back: on PostgreSQL an earlier update may arrive after a later one. */
export async function updateSyncProgress(handle: Handle, key: string, done: number): Promise<void> {
  const row = handle.updateTable("organizations").set({ sync_projects_done: done }).where("key", "=", key);
  await row.where("sync_projects_done", "<", done).execute();
}

export type ConfiguredOrganization = {
  key: string;
  mixpanelId: number;
  /** Undefined: the name Mixpanel tells is kept. */
  name?: string;
  region: string;
  credentialUsername: string;
};

/** Writes what is configured. A key that now means another organization of Mixpanel loses the old one's inventory. */
export async function saveConfiguredOrganization(handle: Handle, configured: ConfiguredOrganization): Promise<void> {
  const { key, mixpanelId, name, region, credentialUsername } = configured;
  const known = handle.selectFrom("organizations").select(["mixpanel_id", "credential_username"]);
  const stored = await known.where("key", "=", key).executeTakeFirst();
  if (stored && stored.mixpanel_id !== mixpanelId) await forgetInventory(handle, key, mixpanelId);
  const sameCredential = stored?.credential_username === credentialUsername;
  const fields = { mixpanel_id: mixpanelId, region, credential_username: credentialUsername };
  await handle
    .insertInto("organizations")
    .values({ key, ...fields, name: name ?? unnamed(mixpanelId), ...neverSynced })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        ...fields,
        ...(name === undefined ? {} : { name }),
        // Another credential deserves a try at once, whatever the last one met.
        ...(sameCredential ? {} : { credential_role: null, sync_retry_at: null, sync_attempted_at: null }),
      }),
    )
    .execute();
}

const unnamed = (mixpanelId: number) => `Organization ${mixpanelId}`;

const neverSynced = {
  credential_role: null,
  synced_at: null,
  sync_attempted_at: null,
  sync_running: 0,
  sync_projects_done: 0,
  sync_projects_total: 0,
  sync_problem_code: null,
  sync_problem_reason: null,
  sync_doubt: null,
  sync_retry_at: null,
  clock_skew_ms: null,
} satisfies Changes;

const inventoryTables = [
  "memberships",
  "service_accounts",
  "projects",
  "inventory_touches",
  "annotations",
  "usage_histories",
  "findings",
  "finding_acceptances",
  "finding_runs",
  "posture_days",
  "posture_rule_days",
] as const;

/** With what Keywarden knows of the accounts: another organization's may have the same ids. */
async function deleteInventory(handle: Handle, key: string): Promise<void> {
  for (const table of inventoryTables) await handle.deleteFrom(table).where("organization_key", "=", key).execute();
}

/** Removes the organization with its inventory, policy and channels; operations and the audit record stay. */
export async function deleteOrganization(handle: Handle, key: string): Promise<void> {
  await deleteInventory(handle, key);
  for (const table of ["policies", "notification_channels"] as const) {
    await handle.deleteFrom(table).where("organization_key", "=", key).execute();
  }
  await handle.deleteFrom("organizations").where("key", "=", key).execute();
}

async function forgetInventory(handle: Handle, key: string, mixpanelId: number): Promise<void> {
  await deleteInventory(handle, key);
  await updateOrganization(handle, key, { ...neverSynced, name: unnamed(mixpanelId) });
}
