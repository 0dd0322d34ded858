import type { Kysely } from "kysely";
import type { StoredAccount } from "./inventory-rows";
import type { Tables } from "./tables";

/** Every account of an organization that has an expiry, the nearest first. */
export function findAccountsWithExpiry(handle: Kysely<Tables>, key: string): Promise<StoredAccount[]> {
  return handle
    .selectFrom("service_accounts")
    .selectAll()
    .where("organization_key", "=", key)
    .where("expires_at", "is not", null)
    .orderBy("expires_at")
    .orderBy("id")
    .execute();
}
