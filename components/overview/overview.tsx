"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { SyncNotices } from "@/components/sync/sync-notices";
import { SyncStatus } from "@/components/sync/sync-status";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { overviewQuery } from "@/lib/api-client/overview";
import { pages } from "@/lib/paths/paths";
import { AttentionList } from "./attention-list";
import { CountTiles } from "./count-tiles";
import { DriftList } from "./drift-list";
import { ExpiryTimeline } from "./expiry-timeline";
import { FindingsLine } from "./findings-line";
import { RotationsLine } from "./rotations-line";

/** What needs somebody today comes first; everything else is one press away. */
export function Overview({ organizationKey }: { organizationKey: string }) {
  const overview = useQuery(overviewQuery(organizationKey));
  const { data } = overview;
  return (
    <>
      <PageHeader title="Overview" description={<SyncStatus organizationKey={organizationKey} />} />
      <div className="grid gap-5">
        <SyncNotices organizationKey={organizationKey} />
        {data && data.counts.unfinished > 0 ? (
          <Notice
            tone="critical"
            title={
              data.counts.unfinished === 1
                ? "One change has no known outcome yet."
                : `${data.counts.unfinished} changes have no known outcome yet.`
            }
            action={<LinkButton href={pages.unfinished(organizationKey)}>See what is known</LinkButton>}
          />
        ) : null}
        {overview.error ? (
          <FailurePanel error={overview.error} onRetry={() => overview.refetch()} />
        ) : data ? (
          <>
            <RotationsLine organizationKey={organizationKey} counts={data.counts} />
            <AttentionList organizationKey={organizationKey} overview={data} />
            <FindingsLine organizationKey={organizationKey} findings={data.findings} />
            <DriftList organizationKey={organizationKey} drift={data.drift} />
            {data.sync.asOf === null ? null : (
              <>
                <CountTiles organizationKey={organizationKey} counts={data.counts} />
                <ExpiryTimeline organizationKey={organizationKey} items={data.timeline} counts={data.timelineCounts} />
              </>
            )}
          </>
        ) : (
          <>
            <Skeleton className="h-64" />
            <Skeleton className="h-24" />
          </>
        )}
      </div>
    </>
  );
}
