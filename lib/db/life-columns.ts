import { type Kysely, sql } from "kysely";
import { inBatches } from "./in-batches";
import type { StoredAccount } from "./inventory-rows";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** What follows from annotation, policy and usage. */
export type LifeColumns = Pick<StoredAccount, "rotate_by" | "silent_from" | "owner" | "tags" | "note_text">;
export type LifeRow = Pick<StoredAccount, "id" | "expires_at"> & LifeColumns;
export const lifeColumns = ["rotate_by", "silent_from", "owner", "tags", "note_text"] as const;

/** These accounts' rows, or every one's, with what the derived columns say now. */
export async function findLifeRows(handle: Handle, key: string, ids?: readonly number[]): Promise<LifeRow[]> {
  const query = handle.selectFrom("service_accounts").where("organization_key", "=", key);
  const selected = query.select(["id", "expires_at", ...lifeColumns]);
  if (!ids) return selected.execute();
  const rows: LifeRow[] = [];
  await inBatches(ids, async (batch) => {
    rows.push(...(await selected.where("id", "in", batch).execute()));
  });
  return rows;
}

/** Writes the derived columns of many accounts, some hundred a statement. */
export async function saveLifeColumns(
  handle: Handle,
  key: string,
  rows: readonly ({ id: number } & LifeColumns)[],
): Promise<void> {
  await inBatches(rows, (batch) => {
    const values = batch.map(
      ({ id, ...row }) =>
        sql`(cast(${id} as bigint), ${sql.join(lifeColumns.map((column) => sql`cast(${row[column]} as text)`))})`,
    );
    return sql`update service_accounts set ${sql.join(
      lifeColumns.map((column, index) => sql`${sql.ref(column)} = ${sql.ref(`news.column${index + 2}`)}`),
    )} from (values ${sql.join(values)}) as news
      where organization_key = ${key} and id = news.column1`.execute(handle);
  });
}
