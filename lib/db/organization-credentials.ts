import type { Kysely, Selectable, Updateable } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type CredentialRow = Selectable<Tables["organization_credentials"]>;

/** Every kept credential, in the order the organizations were added. */
export function listCredentials(handle: Handle): Promise<CredentialRow[]> {
  return handle
    .selectFrom("organization_credentials")
    .selectAll()
    .orderBy("added_at")
    .orderBy("organization_key")
    .execute();
}

export function findCredential(handle: Handle, organizationKey: string): Promise<CredentialRow | undefined> {
  return handle
    .selectFrom("organization_credentials")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .executeTakeFirst();
}

export async function insertCredential(handle: Handle, row: CredentialRow): Promise<void> {
  await handle.insertInto("organization_credentials").values(row).execute();
}

/** Puts another credential in the place of the one that is expected there; false when it is another by now. */
export async function changeCredential(
  handle: Handle,
  expected: Pick<CredentialRow, "organization_key" | "credential_id">,
  next: Updateable<Tables["organization_credentials"]>,
): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("organization_credentials")
    .set(next)
    .where("organization_key", "=", expected.organization_key)
    .where("credential_id", "=", expected.credential_id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteCredential(handle: Handle, organizationKey: string): Promise<void> {
  await handle.deleteFrom("organization_credentials").where("organization_key", "=", organizationKey).execute();
}

/**
 * The usernames that the console signs in with, on whichever replica, or is about to: as last configured, as kept, and
 * both sides of an open rotation.
 */
export async function findUsernamesInUse(handle: Handle, organizationKey: string): Promise<string[]> {
  const configured = await handle
    .selectFrom("organizations")
    .select("credential_username as username")
    .where("key", "=", organizationKey)
    .execute();
  const kept = await handle
    .selectFrom("organization_credentials")
    .select("username")
    .where("organization_key", "=", organizationKey)
    .execute();
  const rotating = await handle
    .selectFrom("credential_rotations")
    .select(["predecessor_username", "replacement_username"])
    .where("organization_key", "=", organizationKey)
    .where("ended_at", "is", null)
    .execute();
  return [
    ...[...configured, ...kept].map(({ username }) => username),
    ...rotating.flatMap((row) => [row.predecessor_username, row.replacement_username ?? []].flat()),
  ];
}
