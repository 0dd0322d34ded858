"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { operationsQuery } from "@/lib/api-client/operations";
import { needsSomebody, type OperationView } from "@/lib/domain/change";
import type { ApiBases } from "@/lib/domain/region";
import { OperationCard } from "./operation-card";

type OperationsProps = UnfinishedProps & { operations: readonly OperationView[] };

/** What waits for somebody, then what was done lately. One list, so that a card keeps its open dialog as it moves. */
function Operations({ operations, ...common }: OperationsProps) {
  const waiting = operations.filter(needsSomebody);
  const done = operations.filter((operation) => !needsSomebody(operation));
  const card = (operation: OperationView) => <OperationCard key={operation.id} {...common} operation={operation} />;
  const heading = (
    <h2 key="done" className="mt-4 font-semibold text-lg">
      Latest changes
    </h2>
  );
  return (
    <>
      {waiting.length === 0 ? (
        <EmptyState kind="none-yet" title="Nothing is unfinished">
          Every change made here has a known outcome.
        </EmptyState>
      ) : null}
      {[...waiting.map(card), ...(done.length > 0 ? [heading] : []), ...done.map(card)]}
    </>
  );
}

type UnfinishedProps = { organizationKey: string; apiBases: ApiBases };

/** Changes without a known or complete outcome: what is known, and the one safe next step. */
export function Unfinished({ organizationKey, apiBases }: UnfinishedProps) {
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
        ) : (
          <Operations organizationKey={organizationKey} apiBases={apiBases} operations={operations.data.operations} />
        )}
      </section>
    </>
  );
}
