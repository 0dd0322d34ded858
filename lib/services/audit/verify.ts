import { type AuditRow, CHAIN_START, hashOfRow } from "@/lib/db/audit-chain";
import { readAuditHead, readAuditRows } from "@/lib/db/audit-events";
import type { Database } from "@/lib/db/database";
import type { AuditVerification } from "@/lib/domain/audit-event";

export type Verification = AuditVerification;

type End = { sequence: number; hash: string };

/** Walks the whole record and names the first event that was changed, removed, moved or added by another hand. */
export async function verifyAuditRecord(database: Database, chunk = 1_000): Promise<Verification> {
  let end: End = { sequence: 0, hash: CHAIN_START };
  for (;;) {
    const rows = await readAuditRows(database, end.sequence, chunk);
    for (const row of rows) {
      const reason = faultOf(row, end);
      if (reason) return { valid: false, firstBad: end.sequence + 1, reason };
      end = { sequence: row.sequence, hash: row.hash };
    }
    if (rows.length > 0) continue;
    const head = await readAuditHead(database);
    // Written between the two reads; whatever the head names can be read by now, unless it was removed.
    if (head && head.sequence > end.sequence && (await readAuditRows(database, end.sequence, 1)).length > 0) continue;
    return verdict(end, head);
  }
}

function verdict(end: End, head: End | undefined): Verification {
  const firstBad = end.sequence + 1;
  if (!head) return { valid: false, firstBad, reason: "The row that names the record's end is missing." };
  if (head.sequence > end.sequence) return { valid: false, firstBad, reason: "The newest events were removed." };
  if (head.sequence < end.sequence) {
    return { valid: false, firstBad: head.sequence + 1, reason: "This event was not added by Keywarden." };
  }
  if (head.hash !== end.hash) {
    return { valid: false, firstBad: end.sequence, reason: "The record's end does not match its newest event." };
  }
  return { valid: true, events: end.sequence };
}

function faultOf(row: AuditRow, previous: End): string | null {
  if (row.sequence !== previous.sequence + 1) return "This event was removed, or its number was changed.";
  if (row.previous_hash !== previous.hash) return "This event does not follow the one before it.";
  return row.hash === hashOfRow(row) ? null : "This event was changed.";
}
