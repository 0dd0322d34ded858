import type { Kysely, Selectable } from "kysely";
import type { FindingRef } from "./findings";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type StoredAcceptance = Selectable<Tables["finding_acceptances"]>;

/** Writes an acceptance; an earlier one of the same finding ends with it. */
export async function saveAcceptance(handle: Handle, row: StoredAcceptance): Promise<void> {
  const { organization_key, account_id, rule, ...values } = row;
  await handle
    .insertInto("finding_acceptances")
    .values(row)
    .onConflict((conflict) => conflict.columns(["organization_key", "account_id", "rule"]).doUpdateSet(values))
    .execute();
}

export async function findAcceptance(
  handle: Handle,
  key: string,
  { accountId, rule }: FindingRef,
): Promise<StoredAcceptance | undefined> {
  return handle
    .selectFrom("finding_acceptances")
    .selectAll()
    .where("organization_key", "=", key)
    .where("account_id", "=", accountId)
    .where("rule", "=", rule)
    .executeTakeFirst();
}

/** Takes an acceptance back; false when there was none. */
export async function deleteAcceptance(handle: Handle, key: string, { accountId, rule }: FindingRef): Promise<boolean> {
  const { numDeletedRows } = await handle
    .deleteFrom("finding_acceptances")
    .where("organization_key", "=", key)
    .where("account_id", "=", accountId)
    .where("rule", "=", rule)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
