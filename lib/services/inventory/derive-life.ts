import { z } from "zod";
import { loadNotes, type StoredNote } from "@/lib/db/annotations";
import type { Database, Transaction } from "@/lib/db/database";
import { wantFindings } from "@/lib/db/finding-runs";
import { inBatches } from "@/lib/db/in-batches";
import { inTransaction } from "@/lib/db/in-transaction";
import { lockInventory } from "@/lib/db/inventory-touches";
import { findLifeRows, type LifeColumns, type LifeRow, lifeColumns, saveLifeColumns } from "@/lib/db/life-columns";
import { findPolicy } from "@/lib/db/policies";
import { loadAllUsageHistories, loadUsageHistories } from "@/lib/db/usage-histories";
import { defaultPolicy, type Policy } from "@/lib/domain/policy";
import { rotateBy } from "@/lib/domain/rotate-by";
import type { UsageHistory } from "@/lib/domain/usage-history";
import { silentFrom } from "@/lib/domain/usage-view";
import { foldForSearch } from "./stored-form";

/**
 * Computes anew what lists filter and sort by, of these accounts or of all, and writes what differs. Belongs into every
 * transaction that changes an expiry, an annotation, a usage history or the policy's rotation times. What is found by the
 * policy follows from the same, so that is asked for too.
 */
export async function deriveLife(
  transaction: Transaction,
  organizationKey: string,
  accountIds?: readonly number[],
): Promise<void> {
  await saveLifeColumns(transaction, organizationKey, await findStale(transaction, organizationKey, accountIds));
  await wantFindings(transaction, organizationKey);
}

/**
 * Puts right whatever a writer forgot, over a whole organization: compares slice by slice outside any transaction, and
 * holds the inventory only where something differs.
 */
export async function deriveStaleLife(database: Database, organizationKey: string): Promise<void> {
  const ids = (await findLifeRows(database, organizationKey)).map(({ id }) => id);
  await inBatches(ids, async (batch) => {
    const stale = (await findStale(database, organizationKey, batch)).map(({ id }) => id);
    if (stale.length === 0) return;
    await inTransaction(database, async (transaction) => {
      await lockInventory(transaction, organizationKey);
      await deriveLife(transaction, organizationKey, stale);
    });
  });
}

async function findStale(
  handle: Database | Transaction,
  organizationKey: string,
  accountIds?: readonly number[],
): Promise<({ id: number } & LifeColumns)[]> {
  const rows = await findLifeRows(handle, organizationKey, accountIds);
  const notes = await loadNotes(handle, organizationKey, accountIds);
  const histories = accountIds
    ? await loadUsageHistories(handle, organizationKey, accountIds)
    : await loadAllUsageHistories(handle, organizationKey);
  const { rotation } = (await findPolicy(handle, organizationKey))?.policy ?? defaultPolicy;
  return rows.flatMap((row) => {
    const next = lifeOf(row, { note: notes.get(row.id), history: histories.get(row.id), rotation });
    return lifeColumns.some((column) => row[column] !== next[column]) ? [{ id: row.id, ...next }] : [];
  });
}

const tagsSchema = z.array(z.string());
type Known = { note: StoredNote | undefined; history: UsageHistory | undefined; rotation: Policy["rotation"] };

function lifeOf({ expires_at }: Pick<LifeRow, "expires_at">, { note, history, rotation }: Known): LifeColumns {
  const { owner = null, purpose, ticket, tags = "[]", lead_time_days } = note ?? {};
  const leadTimeDays = lead_time_days ?? rotation.leadTimeDays;
  const searched = [owner, purpose, ticket, ...tagsSchema.parse(JSON.parse(tags))].filter(Boolean);
  return {
    rotate_by: rotateBy(expires_at, { leadTimeDays, overlapDays: rotation.overlapDays }),
    silent_from: history ? silentFrom(history) : null,
    owner,
    tags,
    note_text: foldForSearch(searched.join("\n")),
  };
}
