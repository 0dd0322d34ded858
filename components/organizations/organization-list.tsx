"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { organizationsQuery } from "@/lib/api-client/organizations";
import type { OrganizationView } from "@/lib/domain/inventory-view";
import { regionNames } from "@/lib/domain/region";
import { pages } from "@/lib/paths/paths";
import { AddOrganizationButton } from "./add-organization-button";

/** Every organization with what needs somebody in it. */
export function OrganizationList() {
  const organizations = useQuery(organizationsQuery());
  return (
    <>
      <PageHeader
        title="Organizations"
        actions={organizations.data?.organizations.length ? <AddOrganizationButton /> : null}
      />
      {organizations.error ? (
        <FailurePanel error={organizations.error} onRetry={() => organizations.refetch()} />
      ) : !organizations.data ? (
        <Skeleton className="h-40" />
      ) : organizations.data.organizations.length === 0 ? (
        <EmptyState
          kind="none-yet"
          title="No organization is connected"
          action={<AddOrganizationButton variant="primary" />}
        >
          An administrator adds one here, or whoever runs Keywarden sets MIXPANEL_SERVICE_ACCOUNT,
          MIXPANEL_SERVICE_ACCOUNT_SECRET and MIXPANEL_ORGANIZATION_ID.
        </EmptyState>
      ) : (
        <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {organizations.data.organizations.map((organization) => (
            <OrganizationCard key={organization.key} organization={organization} />
          ))}
        </ul>
      )}
    </>
  );
}

function OrganizationCard({ organization }: { organization: OrganizationView }) {
  const { key, name, region, mixpanelId, accounts, attention, sync } = organization;
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <Link className="rounded-sm font-semibold text-lg hover:underline" href={pages.overview(key)}>
            {name}
          </Link>
          <p className="text-ink-muted text-sm">
            {regionNames[region]} · {mixpanelId}
          </p>
        </div>
        {sync.problem ? (
          <Badge tone="error">Not reachable</Badge>
        ) : attention > 0 ? (
          <Badge tone="warning">{attention} need attention</Badge>
        ) : sync.asOf ? (
          <Badge tone="accent">All quiet</Badge>
        ) : (
          <Badge>Not read yet</Badge>
        )}
      </div>
      <p className="mt-3">
        {accounts.toLocaleString("en")} service accounts
        <span className="text-ink-muted">
          {" · "}
          {sync.asOf ? <RelativeTime prefix="as of" at={sync.asOf} /> : "never synced"}
        </span>
      </p>
      {sync.problem ? <p className="mt-1 text-pretty text-error text-sm">{sync.problem.title}</p> : null}
    </li>
  );
}
