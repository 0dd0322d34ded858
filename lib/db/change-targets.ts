import type { Kysely } from "kysely";
import { inBatches } from "./in-batches";
import { storableText } from "./storable-text";
import type { Tables } from "./tables";

/** The accounts that bear a name already, so that a new one of the same name can be told from them. */
export async function findAccountIdsByName(
  handle: Kysely<Tables>,
  organizationKey: string,
  name: string,
): Promise<number[]> {
  const rows = await handle
    .selectFrom("service_accounts")
    .select("id")
    .where("organization_key", "=", organizationKey)
    .where("name", "=", name)
    .execute();
  return rows.map((row) => row.id);
}

/** The inventory's account with this username; a username belongs to one account. */
export async function findAccountByUsername(
  handle: Kysely<Tables>,
  organizationKey: string,
  username: string,
): Promise<{ id: number; expires_at: string | null; last_used_at: string | null } | undefined> {
  return handle
    .selectFrom("service_accounts")
    .select(["id", "expires_at", "last_used_at"])
    .where("organization_key", "=", organizationKey)
    .where("username", "=", username)
    .executeTakeFirst();
}

/** The ids of the accounts with these usernames; a name that none has is absent. */
export async function findAccountIdsByUsername(
  handle: Kysely<Tables>,
  organizationKey: string,
  usernames: readonly string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  await inBatches(usernames, async (batch) => {
    const rows = handle.selectFrom("service_accounts").select(["id", "username"]);
    const ours = rows.where("organization_key", "=", organizationKey).where("username", "in", batch.map(storableText));
    for (const { id, username } of await ours.execute()) found.set(username, id);
  });
  return found;
}

/** Every name in use. */
export async function findAllAccountNames(handle: Kysely<Tables>, organizationKey: string): Promise<string[]> {
  const rows = await handle
    .selectFrom("service_accounts")
    .select("name")
    .where("organization_key", "=", organizationKey)
    .execute();
  return rows.map((row) => row.name);
}
