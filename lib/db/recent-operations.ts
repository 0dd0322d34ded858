import type { Kysely } from "kysely";
import type { Tables } from "./tables";

export type RecentOperation = {
  kind: string;
  accountId: number | null;
  accountName: string;
  projectId: number | null;
};

/** What Keywarden itself may have changed at Mixpanel since an instant, or may still change. */
export async function findOperationsSince(
  handle: Kysely<Tables>,
  key: string,
  since: string,
): Promise<RecentOperation[]> {
  return handle
    .selectFrom("operations")
    .select(["kind", "account_id as accountId", "account_name as accountName", "project_id as projectId"])
    .where("organization_key", "=", key)
    .where("state", "!=", "failed")
    .where((row) =>
      row.or([
        row("prepared_at", ">=", since),
        row("finished_at", ">=", since),
        row("state", "in", ["prepared", "sent", "unknown"]),
      ]),
    )
    .execute();
}
