import { stringify } from "csv-stringify/sync";
import type { AuditRow } from "@/lib/db/audit-chain";

export const auditFormats = ["csv", "ndjson"] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** Column of the export → column of the table. Nothing is parsed on the way out: evidence leaves as it is stored. */
const columns = {
  sequence: "sequence",
  at: "at",
  organizationKey: "organization_key",
  actorId: "actor_id",
  actorName: "actor_name",
  actorRole: "actor_role",
  address: "address",
  action: "action",
  targetKind: "target_kind",
  targetId: "target_id",
  targetName: "target_name",
  outcome: "outcome",
  operationId: "operation_id",
  upstreamReference: "upstream_reference",
  detail: "detail",
  id: "id",
  previousHash: "previous_hash",
  hash: "hash",
} as const satisfies Record<string, keyof AuditRow>;
const names = Object.keys(columns);

/** A line per event. `detail` stays text, for it is this text that the hash covers. */
export function toNdjson(rows: readonly AuditRow[]): string {
  return rows.map((row) => `${JSON.stringify(Object.fromEntries(valuesOf(row)))}\n`).join("");
}

/** Cells that a spreadsheet would run as a formula start with an apostrophe instead. */
export function toCsv(rows: readonly AuditRow[]): string {
  const cells = rows.map((row) => valuesOf(row).map(([, value]) => value));
  return stringify(cells, { escape_formulas: true, record_delimiter: "windows" });
}

export function csvHeader(): string {
  return stringify([names], { record_delimiter: "windows" });
}

function valuesOf(row: AuditRow): [string, string | number | null][] {
  return Object.entries(columns).map(([name, column]) => [name, row[column]]);
}
