import type { Kysely } from "kysely";
import { decodeDays, type EpochDay, encodeDays, type UsageHistory } from "@/lib/domain/usage-history";
import { inBatches } from "./in-batches";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
const columns = ["account_id", "since_day", "days"] as const;

/** Histories of these accounts; one that was never seen used is absent. */
export async function loadUsageHistories(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
): Promise<Map<number, UsageHistory>> {
  const found = new Map<number, UsageHistory>();
  await inBatches(accountIds, async (batch) => {
    const rows = handle.selectFrom("usage_histories").select(columns).where("organization_key", "=", key);
    for (const row of await rows.where("account_id", "in", batch).execute()) found.set(row.account_id, toHistory(row));
  });
  return found;
}

/** The same for a whole organization. */
export async function loadAllUsageHistories(handle: Handle, key: string): Promise<Map<number, UsageHistory>> {
  const rows = await handle.selectFrom("usage_histories").select(columns).where("organization_key", "=", key).execute();
  return new Map(rows.map((row) => [row.account_id, toHistory(row)]));
}

/** The last day of use that is noted of each; cheaper than whole histories. */
export async function findLastDays(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
): Promise<Map<number, EpochDay>> {
  const found = new Map<number, EpochDay>();
  await inBatches(accountIds, async (batch) => {
    const rows = handle.selectFrom("usage_histories").select(["account_id", "last_day"]);
    const ours = rows.where("organization_key", "=", key).where("account_id", "in", batch);
    for (const row of await ours.execute()) found.set(row.account_id, row.last_day);
  });
  return found;
}

export async function saveUsageHistories(
  handle: Handle,
  key: string,
  histories: ReadonlyMap<number, UsageHistory>,
): Promise<void> {
  const rows = [...histories].map(([accountId, { since, days }]) => ({
    organization_key: key,
    account_id: accountId,
    since_day: since,
    last_day: days.at(-1) ?? since,
    days: encodeDays(days),
  }));
  await inBatches(rows, (batch) =>
    handle
      .insertInto("usage_histories")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["organization_key", "account_id"]).doUpdateSet((row) => ({
          last_day: row.ref("excluded.last_day"),
          days: row.ref("excluded.days"),
        })),
      )
      .execute(),
  );
}

function toHistory({ since_day, days }: { since_day: number; days: string }): UsageHistory {
  return { since: since_day, days: decodeDays(days) };
}

/** Removes the histories of accounts that are gone, once the last use in them is before this day. */
export async function purgeUsageHistories(handle: Handle, before: EpochDay): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom("usage_histories")
    .where("last_day", "<", before)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom("service_accounts")
            .select("service_accounts.id")
            .whereRef("service_accounts.organization_key", "=", "usage_histories.organization_key")
            .whereRef("service_accounts.id", "=", "usage_histories.account_id"),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
