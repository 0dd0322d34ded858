import type { Kysely } from "kysely";
import type { Tables } from "./tables";

/** Every account that works and expires: after `now`, an ISO 8601 instant; soonest first. */
export function findExpiringAccounts(
  handle: Kysely<Tables>,
  key: string,
  now: string,
): Promise<{ id: number; name: string; username: string; expires_at: string }[]> {
  return handle
    .selectFrom("service_accounts")
    .select(["id", "name", "username", "expires_at"])
    .where("organization_key", "=", key)
    .where("expires_at", ">", now)
    .$narrowType<{ expires_at: string }>()
    .orderBy("expires_at")
    .orderBy("id")
    .execute();
}
