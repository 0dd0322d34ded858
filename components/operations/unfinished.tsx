"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { operationsQuery } from "@/lib/api-client/operations";
import { OperationCard } from "./operation-card";

type UnfinishedProps = { organizationKey: string; apiBase: string };

/** Changes without a known or complete outcome: what is known, and the one safe next step. */
export function Unfinished({ organizationKey, apiBase }: UnfinishedProps) {
  const operations = useQuery(operationsQuery(organizationKey));
  return (
    <>
      <PageHeader
        title="Unfinished changes"
        description="A change that was sent is never sent again by itself. What was lost on the way waits here."
      />
      <section data-tour="unfinished" aria-label="Unfinished changes" className="grid gap-3">
        {operations.error ? (
          <FailurePanel error={operations.error} onRetry={() => operations.refetch()} />
        ) : !operations.data ? (
          <Skeleton className="h-40" />
        ) : operations.data.operations.length === 0 ? (
          <EmptyState kind="none-yet" title="Nothing is unfinished">
            Every change made here has a known outcome.
          </EmptyState>
        ) : (
          operations.data.operations.map((operation) => (
            <OperationCard
              key={operation.id}
              organizationKey={organizationKey}
              operation={operation}
              apiBase={apiBase}
            />
          ))
        )}
      </section>
    </>
  );
}
