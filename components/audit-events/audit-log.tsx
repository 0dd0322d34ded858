"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Skeleton } from "@/components/ui/skeleton";
import { auditEventsQuery, auditExportAddress } from "@/lib/api-client/audit-events";
import { auditActions, auditOutcomes } from "@/lib/domain/audit-event";
import { auditQuerySchema } from "@/lib/domain/list-query";
import { AuditFilters } from "./audit-filters";
import { EventTable } from "./event-table";
import { VerifyRecord } from "./verify-record";

const parsers = {
  search: parseAsString.withDefault(""),
  action: parseAsStringLiteral(auditActions),
  outcome: parseAsStringLiteral(auditOutcomes),
  account: parseAsInteger,
  from: parseAsString,
  to: parseAsString,
  page: parseAsInteger.withDefault(1),
};

export function useAuditQuery() {
  const [state, setState] = useQueryStates(parsers, { history: "replace" });
  const given = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null && value !== ""));
  const parsed = auditQuerySchema.safeParse(given);
  const clear = () =>
    setState({ search: null, action: null, outcome: null, account: null, from: null, to: null, page: null });
  return {
    state,
    setState,
    clear,
    query: parsed.data ?? auditQuerySchema.parse({}),
    filtered: Object.keys(given).some((name) => name !== "page"),
  };
}

/** The record of everything done from here, filtered and exported as it is filtered. */
export function AuditLog({ organizationKey }: { organizationKey: string }) {
  const { state, setState, clear, query, filtered } = useAuditQuery();
  const events = useQuery(auditEventsQuery(organizationKey, query));
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change is written here before it is sent, and its outcome after. Secrets never are."
        actions={
          <>
            <VerifyRecord />
            <a className={buttonStyle({})} href={auditExportAddress(organizationKey, query, "csv")} download>
              <Download aria-hidden />
              CSV
            </a>
            <a className={buttonStyle({})} href={auditExportAddress(organizationKey, query, "ndjson")} download>
              <Download aria-hidden />
              NDJSON
            </a>
          </>
        }
      />
      <section data-tour="audit" aria-label="Audit log" className="grid gap-3">
        <AuditFilters state={state} setState={setState} clear={clear} filtered={filtered} />
        {events.error ? (
          <FailurePanel error={events.error} onRetry={() => events.refetch()} />
        ) : !events.data ? (
          <Skeleton className="h-96" />
        ) : events.data.rows.length === 0 ? (
          filtered ? (
            <EmptyState
              kind="no-match"
              title="No audit events match"
              action={<Button onClick={clear}>Clear filters</Button>}
            />
          ) : (
            <EmptyState kind="none-yet" title="No audit events yet">
              The first change made from here is the first line.
            </EmptyState>
          )
        ) : (
          <>
            <EventTable events={events.data.rows} label="Audit events" />
            <Pagination
              label="audit events"
              page={query.page}
              pageSize={query.size}
              total={events.data.total}
              waiting={events.isPlaceholderData}
              onPageChange={(page) => setState({ page })}
            />
          </>
        )}
      </section>
    </>
  );
}
