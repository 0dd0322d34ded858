import type { Kysely } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** When each account that was ever used was last used. */
export function findLastUses(
  handle: Handle,
  key: string,
): Promise<{ id: number; name: string; last_used_at: string }[]> {
  return handle
    .selectFrom("service_accounts")
    .select(["id", "name", "last_used_at"])
    .where("organization_key", "=", key)
    .where("last_used_at", "is not", null)
    .$narrowType<{ last_used_at: string }>()
    .execute();
}

export function countOperations(handle: Handle, key: string): Promise<{ state: string; count: number }[]> {
  return handle
    .selectFrom("operations")
    .select((row) => ["state", row.fn.countAll<number>().as("count")])
    .where("organization_key", "=", key)
    .groupBy("state")
    .execute();
}
