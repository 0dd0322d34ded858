import { stringify } from "csv-stringify/sync";
import { findFindingPage } from "@/lib/db/finding-queries";
import type { FindingQuery, FindingRow } from "@/lib/domain/finding-view";
import type { OrganizationContext } from "@/lib/services/context";
import { foldFilter, toFindingRow } from "./list-findings";

/** Each read sorts all that is found, so there are few of them. */
const ROWS_PER_READ = 5_000;

const columns: readonly [header: string, value: (row: FindingRow) => string | number | null][] = [
  ["severity", (row) => row.severity],
  ["rule", (row) => row.rule],
  ["name", (row) => row.accountName],
  ["id", (row) => row.accountId],
  ["owner", (row) => row.owner],
  ["finding", (row) => row.sentence],
  ["fix", (row) => row.fix],
  ["since", (row) => row.since],
  ["accepted by", (row) => row.acceptance?.byName ?? null],
  ["accepted until", (row) => row.acceptance?.until.slice(0, 10) ?? null],
  ["reason", (row) => row.acceptance?.reason ?? null],
];

/** All that is filtered, on every page, as CSV in pieces; cells that a spreadsheet would run start with an apostrophe. */
export async function* exportFindings(
  { database, organization, now }: OrganizationContext,
  query: FindingQuery,
): AsyncGenerator<string, void> {
  const at = now().toISOString();
  const filter = foldFilter(query);
  yield toCsv([columns.map(([header]) => header)]);
  for (let offset = 0; ; offset += ROWS_PER_READ) {
    const rows = await findFindingPage(database, organization.key, filter, { at, limit: ROWS_PER_READ, offset });
    const found = rows.map((row) => toFindingRow(row, organization.credentialUsername));
    if (found.length > 0) yield toCsv(found.map((row) => columns.map(([, value]) => value(row))));
    if (rows.length < ROWS_PER_READ) return;
  }
}

function toCsv(cells: (string | number | null)[][]): string {
  return stringify(cells, { escape_formulas: true, quoted_string: true, record_delimiter: "windows" });
}
