import type { AuditRow } from "@/lib/db/audit-chain";
import { readAuditRows } from "@/lib/db/audit-events";
import type { Database } from "@/lib/db/database";

const MANY = 10_000;

export function listAllEvents(database: Database): Promise<AuditRow[]> {
  return readAuditRows(database, 0, MANY);
}
