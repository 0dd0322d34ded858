import type { Insertable, Kysely, Selectable } from "kysely";
import { inBatches } from "./in-batches";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type MarkRow = Selectable<Tables["warning_marks"]>;

/** The marks of one channel for these accounts, for every expiry they ever had. */
export async function loadMarks(handle: Handle, channelId: string, accountIds: readonly number[]): Promise<MarkRow[]> {
  const found: MarkRow[] = [];
  await inBatches(accountIds, async (batch) => {
    const rows = handle.selectFrom("warning_marks").selectAll().where("channel_id", "=", channelId);
    for (const row of await rows.where("account_id", "in", batch).execute()) found.push(row);
  });
  return found;
}

/** Fails as a whole where one of them was marked already: whoever came second must tell nothing. */
export async function insertMarks(handle: Handle, marks: readonly Insertable<Tables["warning_marks"]>[]) {
  await inBatches(marks, (batch) => handle.insertInto("warning_marks").values(batch).execute(), 100);
}
