"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Plus } from "lucide-react";
import { AnnotationMenu } from "@/components/annotations/annotation-menu";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { SyncNotices } from "@/components/sync/sync-notices";
import { SyncStatus } from "@/components/sync/sync-status";
import { buttonStyle } from "@/components/ui/button-style";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Skeleton } from "@/components/ui/skeleton";
import { serviceAccountsExportAddress, serviceAccountsQuery } from "@/lib/api-client/service-accounts";
import { pageSizes } from "@/lib/domain/list-query";
import { hasPermission } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { AccountFilters } from "./account-filters";
import { AccountTable } from "./account-table";
import { NoAccounts } from "./no-accounts";
import { SelectionBar } from "./selection-bar";
import { useAccountQuery } from "./use-account-query";
import { useLastPage } from "./use-last-page";
import { useSelection } from "./use-selection";

export function AccountList({ organizationKey }: { organizationKey: string }) {
  const { role } = useOperator();
  const state = useAccountQuery();
  const { query, setState } = state;
  const accounts = useQuery(serviceAccountsQuery(organizationKey, query));
  const page = accounts.data;
  const selection = useSelection(state, page?.rows ?? []);
  const mayChange = hasPermission(role, "membership:assign");
  useLastPage({ size: query.size, setState }, page);

  return (
    <>
      <PageHeader
        title="Service accounts"
        description={<SyncStatus organizationKey={organizationKey} />}
        actions={
          <>
            <a className={buttonStyle({})} href={serviceAccountsExportAddress(organizationKey, query)} download>
              <Download aria-hidden />
              Export CSV
            </a>
            <AnnotationMenu organizationKey={organizationKey} query={query} />
            {hasPermission(role, "account:create") ? (
              <LinkButton
                variant="primary"
                icon={<Plus aria-hidden />}
                href={pages.createServiceAccount(organizationKey)}
                data-tour="create"
              >
                Create service account
              </LinkButton>
            ) : null}
          </>
        }
      />
      <div className="grid gap-3">
        <SyncNotices organizationKey={organizationKey} />
        <AccountFilters organizationKey={organizationKey} state={state} offered={page} />
        {accounts.error ? (
          <FailurePanel error={accounts.error} onRetry={() => accounts.refetch()} />
        ) : !page ? (
          <Skeleton className="h-96" />
        ) : page.rows.length === 0 ? (
          <NoAccounts organizationKey={organizationKey} state={state} page={page} />
        ) : (
          <>
            <AccountTable
              organizationKey={organizationKey}
              rows={page.rows}
              state={state}
              selection={mayChange ? selection : null}
            />
            <Pagination
              label="service accounts"
              page={query.page}
              pageSize={query.size}
              pageSizes={pageSizes}
              total={page.total}
              waiting={accounts.isPlaceholderData}
              onPageChange={(next) => setState({ page: next })}
              onPageSizeChange={(size) => setState({ size: pageSizes.find((each) => each === size) ?? 50, page: null })}
            />
          </>
        )}
        {mayChange && selection.ids.size > 0 ? (
          <SelectionBar organizationKey={organizationKey} selection={selection} />
        ) : null}
      </div>
    </>
  );
}
