import type { Kysely, Selectable, Updateable } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type RotationRow = Selectable<Tables["credential_rotations"]>;
type NewRotation = Pick<
  RotationRow,
  | "id"
  | "organization_key"
  | "role"
  | "expires_at"
  | "predecessor_username"
  | "predecessor_account_id"
  | "replacement_credential_id"
  | "started_by"
  | "started_at"
>;

const nothingYet = {
  step: "issue",
  replacement_username: null,
  replacement_account_id: null,
  sealed: null,
  key_id: null,
  issue_batch_id: null,
  delete_batch_id: null,
  switched_at: null,
  ended_at: null,
  outcome: null,
};

export async function insertRotation(handle: Handle, rotation: NewRotation): Promise<void> {
  await handle
    .insertInto("credential_rotations")
    .values({ ...nothingYet, ...rotation })
    .execute();
}

export function findOpenRotation(handle: Handle, organizationKey: string): Promise<RotationRow | undefined> {
  return handle
    .selectFrom("credential_rotations")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

export function findRotation(handle: Handle, organizationKey: string, id: string): Promise<RotationRow | undefined> {
  return handle
    .selectFrom("credential_rotations")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Writes to a rotation that is still open at the step; answers whether it was. */
export async function updateRotation(
  handle: Handle,
  { id, step }: Pick<RotationRow, "id" | "step">,
  changes: Updateable<Tables["credential_rotations"]>,
): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("credential_rotations")
    .set(changes)
    .where("id", "=", id)
    .where("step", "=", step)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
