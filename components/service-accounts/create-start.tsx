"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { useRemoteNow } from "@/components/ui/now-provider";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { operationQuery } from "@/lib/api-client/operations";
import { serviceAccountQuery } from "@/lib/api-client/service-accounts";
import { hasPermission } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import { pages } from "@/lib/paths/paths";
import { CreateForm } from "./create-form";
import { fromCreateInput, replacementOf } from "./create-form-values";

type CreateStartProps = {
  organizationKey: string;
  apiBases: ApiBases;
  /** An account to take name, projects and roles from. */
  replaces: number | null;
  /** An operation whose intention is filled in again. */
  operationId: string | null;
};

/** The create page: empty, filled in from an account to replace, or from a create whose secret was lost. */
export function CreateStart({ organizationKey, apiBases, replaces, operationId }: CreateStartProps) {
  const { id, role } = useOperator();
  const now = new Date(useRemoteNow());
  const account = useQuery({ ...serviceAccountQuery(organizationKey, replaces ?? 0), enabled: replaces !== null });
  const operation = useQuery({ ...operationQuery(organizationKey, operationId ?? ""), enabled: operationId !== null });
  const error = account.error ?? operation.error;
  const waiting = (replaces !== null && !account.data) || (operationId !== null && !operation.data);
  const initial = account.data
    ? replacementOf(account.data, role, now)
    : operation.data
      ? fromCreateInput(operation.data.input)
      : null;
  const draftName = ["create", id, organizationKey, replaces ?? operationId].filter((part) => part !== null).join(".");
  return (
    <>
      <PageHeader
        title="Create a service account"
        breadcrumbs={[{ label: "Service accounts", href: pages.serviceAccounts(organizationKey) }]}
      />
      {!hasPermission(role, "account:create") ? (
        <EmptyState kind="not-allowed" title="Your role does not allow this">
          Managers and administrators of Keywarden create service accounts.
        </EmptyState>
      ) : error ? (
        <FailurePanel error={error} />
      ) : waiting ? (
        <Skeleton className="h-96" />
      ) : (
        <div className="grid gap-4">
          {account.data ? (
            <Notice tone="notice" title={`Filled in from ${account.data.account.name}.`}>
              Individual grants within your reach are copied; access through a team or the organization cannot be. The
              predecessor keeps working until it expires or you delete it.
            </Notice>
          ) : null}
          <CreateForm
            key={draftName}
            organizationKey={organizationKey}
            apiBases={apiBases}
            initial={initial}
            draftName={draftName}
          />
        </div>
      )}
    </>
  );
}
