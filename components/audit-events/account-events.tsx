"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { LinkButton } from "@/components/ui/link-button";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { auditEventsQuery } from "@/lib/api-client/audit-events";
import { auditQuerySchema } from "@/lib/domain/list-query";
import { pages } from "@/lib/paths/paths";
import { EventTable } from "./event-table";

type AccountEventsProps = { organizationKey: string; accountId: number };

/** The latest lines of the record about one account. */
export function AccountEvents({ organizationKey, accountId }: AccountEventsProps) {
  const events = useQuery(auditEventsQuery(organizationKey, auditQuerySchema.parse({ account: accountId, size: 20 })));
  return (
    <SectionCard
      title="Audit events"
      padded={false}
      actions={
        <LinkButton size="sm" href={pages.auditLog(organizationKey, `account=${accountId}`)}>
          Show all
        </LinkButton>
      }
    >
      {events.error ? (
        <FailurePanel error={events.error} onRetry={() => events.refetch()} />
      ) : !events.data ? (
        <Skeleton className="m-4 h-20" />
      ) : events.data.rows.length === 0 ? (
        <p className="p-4 text-ink-muted">Nothing was done to this service account from here.</p>
      ) : (
        <EventTable events={events.data.rows} label="Audit events of this service account" framed={false} />
      )}
    </SectionCard>
  );
}
