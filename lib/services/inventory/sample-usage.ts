import type { Transaction } from "@/lib/db/database";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { findLastDays, loadUsageHistories, saveUsageHistories } from "@/lib/db/usage-histories";
import { epochDay, type UsageHistory, withUse } from "@/lib/domain/usage-history";

/** Notes the day of each account's last use, where it is not noted yet. */
export async function sampleUsage(
  transaction: Transaction,
  organizationKey: string,
  accounts: readonly StoredAccount[],
): Promise<void> {
  const used = new Map(
    accounts.flatMap(({ id, last_used_at, first_seen_at }) =>
      last_used_at === null ? [] : [[id, { day: epochDay(last_used_at), since: epochDay(first_seen_at) }]],
    ),
  );
  const known = await findLastDays(transaction, organizationKey, [...used.keys()]);
  const news = [...used].filter(([id, { day }]) => (known.get(id) ?? -1) < day);
  const histories = await loadUsageHistories(
    transaction,
    organizationKey,
    news.map(([id]) => id),
  );
  const next = new Map<number, UsageHistory>();
  for (const [id, { day, since }] of news) next.set(id, withUse(histories.get(id) ?? { since, days: [] }, day));
  await saveUsageHistories(transaction, organizationKey, next);
}
