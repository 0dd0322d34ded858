import { queryOptions } from "@tanstack/react-query";
import { auditPageSchema, auditVerificationSchema } from "@/lib/domain/audit-event";
import type { AuditQuery } from "@/lib/domain/list-query";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { keepWithin, queryKeys } from "./query-keys";
import { withQuery } from "./query-string";

export function auditEventsQuery(key: string, query: AuditQuery) {
  return queryOptions({
    queryKey: queryKeys.part(key, "audit-events", query),
    queryFn: ({ signal }) => fetchJson(withQuery(api.auditEvents(key), query), auditPageSchema, { signal }),
    placeholderData: keepWithin(key),
  });
}

/** Walks the whole record on the server, all organizations in it. */
export function verifyAuditRecord() {
  return fetchJson(api.auditVerification, auditVerificationSchema);
}

/** Address of the filtered record as a download; page and size do not matter to it. */
export function auditExportAddress(key: string, query: AuditQuery, format: "csv" | "ndjson"): string {
  return withQuery(api.auditExport(key), { ...query, page: undefined, size: undefined, format });
}
