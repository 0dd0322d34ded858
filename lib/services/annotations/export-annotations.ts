import { stringify } from "csv-stringify/sync";
import { BATCH_ROWS } from "@/lib/db/in-batches";
import { findAccountIds } from "@/lib/db/service-accounts";
import { csvHeads, csvKeys, toCells } from "@/lib/domain/annotation-csv";
import { escapeFormula } from "@/lib/domain/csv-cell";
import type { AccountQuery } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { foldForSearch } from "@/lib/services/inventory/stored-form";
import { loadAnnotated } from "./write-annotations";

/** The annotations of all that is filtered, in the form that an import reads. */
export async function* exportAnnotations(
  context: OrganizationContext,
  query: AccountQuery,
): AsyncGenerator<string, void> {
  const { database, organization } = context;
  const { now } = await loadInventoryState(context);
  const folded = { ...query, search: foldForSearch(query.search) };
  const ids = await findAccountIds(database, organization.key, folded, now);
  yield toCsv([["username", "id", ...csvKeys.map((key) => csvHeads[key])]]);
  for (let start = 0; start < ids.length; start += BATCH_ROWS) {
    const batch = ids.slice(start, start + BATCH_ROWS);
    const annotated = await loadAnnotated(database, organization.key, batch);
    const present = batch.flatMap((id) => annotated.get(id) ?? []);
    yield toCsv(
      present.map(({ account, annotation }) => [account.username, String(account.id), ...toCells(annotation)]),
    );
  }
}

/** Escaped by our own rule, for the library's cannot be taken back without doubt. */
function toCsv(cells: string[][]): string {
  const escaped = cells.map((row) => row.map(escapeFormula));
  return stringify(escaped, { quoted_string: true, record_delimiter: "windows" });
}
