import { stringify } from "csv-stringify/sync";
import { BATCH_ROWS } from "@/lib/db/in-batches";
import { loadAccounts } from "@/lib/db/inventory";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { findAccountIds } from "@/lib/db/service-accounts";
import type { AccountQuery } from "@/lib/domain/list-query";
import { expiryState } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { foldForSearch } from "@/lib/services/inventory/stored-form";

const columns: readonly [header: string, value: (row: StoredAccount, now: Date) => string | number | null][] = [
  ["name", (row) => row.name],
  ["username", (row) => row.username],
  ["id", (row) => row.id],
  ["highest role", (row) => row.highest_role],
  ["grant", (row) => row.highest_grant],
  ["projects", (row) => row.project_count],
  ["created", (row) => row.created_at],
  ["creator", (row) => row.creator_name ?? row.creator_email],
  ["last used", (row) => row.last_used_at],
  ["expires", (row) => row.expires_at],
  ["expiry state", (row, now) => expiryState(row.expires_at, now)],
];

/** All that is filtered, on every page, as CSV in pieces; cells that a spreadsheet would run start with an apostrophe. */
export async function* exportServiceAccounts(
  context: OrganizationContext,
  query: AccountQuery,
): AsyncGenerator<string, void> {
  const { database, organization } = context;
  const { now } = await loadInventoryState(context);
  const folded = { ...query, search: foldForSearch(query.search) };
  const ids = await findAccountIds(database, organization.key, folded, now);
  yield toCsv([columns.map(([header]) => header)]);
  for (let start = 0; start < ids.length; start += BATCH_ROWS) {
    const batch = ids.slice(start, start + BATCH_ROWS);
    const rows = new Map((await loadAccounts(database, organization.key, batch)).map((row) => [row.id, row]));
    const present = batch.flatMap((id) => rows.get(id) ?? []);
    yield toCsv(present.map((row) => columns.map(([, value]) => value(row, now))));
  }
}

function toCsv(cells: (string | number | null)[][]): string {
  return stringify(cells, { escape_formulas: true, quoted_string: true, record_delimiter: "windows" });
}
