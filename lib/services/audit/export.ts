import { lastAuditSequence } from "@/lib/db/audit-events";
import { type AuditFilter, iterateAuditRows } from "@/lib/db/audit-queries";
import type { Database } from "@/lib/db/database";
import type { AuditQuery } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { type AuditFormat, csvHeader, toCsv, toNdjson } from "./format";
import { recordEvent } from "./record";

type Query = Omit<AuditQuery, "page" | "size">;
type Input = { context: OrganizationContext; input: { query: Query; format: AuditFormat } };
export type AuditExport = { contentType: string; fileName: string; stream: ReadableStream<Uint8Array> };

/** Every matching event, oldest first, as a stream; that it was asked for is itself an event and comes last. */
export async function exportAuditEvents({ context, input: { query, format } }: Input): Promise<AuditExport> {
  const { organization, database } = context;
  const { search, action, outcome, actor, account, from, to } = query;
  await recordEvent(context, {
    action: "audit.export",
    organizationKey: organization.key,
    targetKind: "audit_log",
    outcome: "succeeded",
    detail: { format, search: search || undefined, action, outcome, actor, account, from, to },
  });
  const last = await lastAuditSequence(database);
  const texts = textsOf(database, { organizationKey: organization.key, query, last }, format);
  return {
    contentType: format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    fileName: `audit-${organization.key}-${context.now().toISOString().slice(0, 10)}.${format}`,
    stream: toStream(texts),
  };
}

async function* textsOf(database: Database, filter: AuditFilter & { last: number }, format: AuditFormat) {
  if (format === "csv") yield csvHeader();
  for await (const rows of iterateAuditRows(database, filter)) yield format === "csv" ? toCsv(rows) : toNdjson(rows);
}

function toStream(texts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await texts.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await texts.return();
    },
  });
}
