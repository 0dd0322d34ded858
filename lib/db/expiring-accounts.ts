import type { Kysely } from "kysely";
import type { Tables } from "./tables";

/** Every account that expires at all, soonest first. */
export function findExpiringAccounts(
  handle: Kysely<Tables>,
  key: string,
): Promise<{ id: number; name: string; username: string; expires_at: string }[]> {
  return handle
    .selectFrom("service_accounts")
    .select(["id", "name", "username", "expires_at"])
    .where("organization_key", "=", key)
    .where("expires_at", "is not", null)
    .$narrowType<{ expires_at: string }>()
    .orderBy("expires_at")
    .orderBy("id")
    .execute();
}
