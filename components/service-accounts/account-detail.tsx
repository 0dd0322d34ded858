"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { AnnotateDialog } from "@/components/annotations/annotate-dialog";
import { AnnotationCard } from "@/components/annotations/annotation-card";
import { AccountEvents } from "@/components/audit-events/account-events";
import { FailurePanel } from "@/components/errors/failure-panel";
import { AccountFindings } from "@/components/findings/account-findings";
import { MembershipTable } from "@/components/memberships/membership-table";
import { OpenSecret } from "@/components/operations/open-secret";
import { PendingNotice } from "@/components/operations/pending-notice";
import { useOperator } from "@/components/operator/operator-provider";
import { SyncNotices } from "@/components/sync/sync-notices";
import { SyncStatus } from "@/components/sync/sync-status";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api-client/api-error";
import { serviceAccountQuery } from "@/lib/api-client/service-accounts";
import { hasPermission } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import { accountDialogs, pages } from "@/lib/paths/paths";
import { AccountActions } from "./account-actions";
import { AccountFacts } from "./account-facts";
import { ExpiryBadge } from "./expiry-badge";
import { OwnBadge } from "./own-badge";
import { UsageCard } from "./usage-card";
import { UsageLines } from "./usage-lines";
import { Username } from "./username";

type AccountDetailProps = { organizationKey: string; accountId: number; apiBases: ApiBases; mixpanelId: number };

/** Everything known of one account, what it can reach and why, what was done to it, and lines to use it. */
export function AccountDetail({ organizationKey, accountId, apiBases, mixpanelId }: AccountDetailProps) {
  const router = useRouter();
  const detail = useQuery(serviceAccountQuery(organizationKey, accountId));
  const { role } = useOperator();
  const [dialog, setDialog] = useQueryState("open", parseAsStringLiteral(accountDialogs));
  const [deleted, setDeleted] = useState(false);
  const list = pages.serviceAccounts(organizationKey);
  const breadcrumbs = [{ label: "Service accounts", href: list }];

  // An open dialog keeps the page: once the account is deleted, the results are still to be read.
  const unreadable = dialog === null || !detail.data ? detail.error : null;
  if (deleted) return <Skeleton className="h-96" />;
  if (unreadable instanceof ApiError && unreadable.status === 404) {
    return (
      <EmptyState
        page
        kind="no-match"
        title="This service account does not exist"
        action={<LinkButton href={list}>All service accounts</LinkButton>}
      >
        It may have been deleted, here or in Mixpanel. The audit log tells what was done from here.
      </EmptyState>
    );
  }
  if (unreadable) return <FailurePanel error={unreadable} onRetry={() => detail.refetch()} />;
  if (!detail.data) return <Skeleton className="h-96" />;

  const { account, memberships, pending, annotation } = detail.data;
  return (
    <>
      <PageHeader
        breadcrumbs={breadcrumbs}
        title={account.name}
        badges={
          <>
            <ExpiryBadge expiresAt={account.expiresAt} />
            {account.own ? <OwnBadge /> : null}
          </>
        }
        description={
          <span className="grid grid-cols-[minmax(0,1fr)] gap-1">
            <Username name={account.name} suffix={account.suffix} copy>
              <span className="font-mono">{account.name}</span>
            </Username>
            <SyncStatus organizationKey={organizationKey} />
          </span>
        }
        actions={
          <AccountActions
            organizationKey={organizationKey}
            detail={detail.data}
            apiBases={apiBases}
            dialog={dialog}
            setDialog={setDialog}
            onDeleted={() => {
              setDeleted(true);
              // The address of a closed dialog is written a moment later, and would call the navigation back.
              void setDialog(null).then(() => router.push(list));
            }}
          />
        }
      />
      <div className="grid grid-cols-1 gap-5">
        <SyncNotices organizationKey={organizationKey} />
        {pending.map((operation) => (
          <PendingNotice key={operation.id} organizationKey={organizationKey} operation={operation} />
        ))}
        <OpenSecret organizationKey={organizationKey} accountId={accountId} apiBases={apiBases} />
        <AnnotationCard detail={detail.data} onEdit={() => setDialog("annotate")} />
        <AccountFacts detail={detail.data} />
        <UsageCard detail={detail.data} />
        <AccountFindings organizationKey={organizationKey} accountId={accountId} />
        <MembershipTable organizationKey={organizationKey} account={account} memberships={memberships} />
        <SectionCard title="Use it">
          <UsageLines
            username={account.username}
            name={account.name}
            accountId={account.id}
            organizationId={mixpanelId}
            project={memberships[0]}
            apiBases={apiBases}
          />
        </SectionCard>
        <AccountEvents organizationKey={organizationKey} accountId={accountId} />
      </div>
      {dialog === "annotate" && hasPermission(role, "annotation:write") ? (
        <AnnotateDialog
          organizationKey={organizationKey}
          account={account}
          annotation={annotation}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}
