"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useLastPage } from "@/components/service-accounts/use-last-page";
import { SyncNotices } from "@/components/sync/sync-notices";
import { SyncStatus } from "@/components/sync/sync-status";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Skeleton } from "@/components/ui/skeleton";
import { accessQuery } from "@/lib/api-client/access";
import type { AccessPage } from "@/lib/domain/access-view";
import { ACCESS_PAGE_SIZE } from "@/lib/domain/list-query";
import { AccessFilters } from "./access-filters";
import { AccessFocus } from "./access-focus";
import { AccessGrid } from "./access-grid";
import { AccessLegend } from "./access-legend";
import { type AccessState, useAccessState } from "./use-access-state";
import type { Place } from "./use-grid-keys";

/** Who reaches what: every service account against every project, with the role in the cell. */
export function Access({ organizationKey }: { organizationKey: string }) {
  const state = useAccessState();
  const { query, setState } = state;
  const access = useQuery(accessQuery(organizationKey, query));
  const page = access.data;
  useLastPage({ size: ACCESS_PAGE_SIZE, setState }, page);
  return (
    <>
      <PageHeader title="Access" description={<SyncStatus organizationKey={organizationKey} />} />
      <div className="grid grid-cols-1 gap-3" data-tour="access">
        <SyncNotices organizationKey={organizationKey} />
        <AccessFilters
          organizationKey={organizationKey}
          state={state}
          roles={page?.roles ?? []}
          grants={page?.grants ?? []}
        />
        {access.error ? (
          <FailurePanel error={access.error} onRetry={() => access.refetch()} />
        ) : !page ? (
          <Skeleton className="h-96" />
        ) : page.rows.length === 0 || page.projects.length === 0 ? (
          <NoAccess state={state} page={page} />
        ) : (
          <Matrix organizationKey={organizationKey} state={state} page={page} waiting={access.isPlaceholderData} />
        )}
      </div>
    </>
  );
}

type MatrixProps = { organizationKey: string; state: AccessState; page: AccessPage; waiting: boolean };

function Matrix({ organizationKey, state: { query, setState }, page, waiting }: MatrixProps) {
  const [place, setPlace] = useState<Place | null>(null);
  return (
    <>
      <AccessLegend roles={page.roles} />
      <AccessGrid organizationKey={organizationKey} page={page} query={query} onFocus={setPlace} />
      <AccessFocus organizationKey={organizationKey} page={page} place={place} />
      <Pagination
        label="the access matrix"
        page={query.page}
        pageSize={ACCESS_PAGE_SIZE}
        total={page.total}
        waiting={waiting}
        onPageChange={(next) => setState({ page: next })}
      />
    </>
  );
}

function NoAccess({ state, page }: Pick<MatrixProps, "state" | "page">) {
  if (page.sync.asOf === null) {
    return (
      <EmptyState kind="none-yet" title="This organization has not been read yet">
        {page.sync.problem ? page.sync.problem.title : "The first sync is under way. The matrix fills itself."}
      </EmptyState>
    );
  }
  if (state.filtered) {
    return (
      <EmptyState
        kind="no-match"
        title="No access matches these filters"
        action={<Button onClick={state.clear}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState kind="none-yet" title="Nobody reaches anything yet">
      Service accounts and projects appear here once there are some.
    </EmptyState>
  );
}
