"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { feedsQuery, revokeFeed } from "@/lib/api-client/feeds";
import { FEED_IDLE_DAYS, type FeedKind, type FeedView } from "@/lib/domain/feed";
import { MakeFeedDialog } from "./make-feed-dialog";

export const feedNames: Record<FeedKind, string> = { calendar: "Calendar", changes: "Changes (Atom)" };

/** The operator's private addresses for a calendar or a feed reader. */
export function FeedList() {
  const feeds = useQuery(feedsQuery());
  const [making, setMaking] = useState(false);
  const revoke = useChange("", (id: string, key) => revokeFeed(id, key));
  const refetch = () => feeds.refetch();
  return (
    <SectionCard
      title="Your feeds"
      description={`Private addresses for a calendar or a feed reader. Whoever has one reads what you may read; it ends with your role, or ${FEED_IDLE_DAYS} days after your last sign-in.`}
      actions={
        <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
          New feed
        </Button>
      }
      padded={false}
    >
      {revoke.error ? (
        <div className="p-4">
          <ChangeFailure error={revoke.error} changed="The feed was not revoked." />
        </div>
      ) : null}
      {feeds.error ? (
        <FailurePanel error={feeds.error} onRetry={refetch} />
      ) : !feeds.data ? (
        <Skeleton className="m-4 h-16" />
      ) : feeds.data.feeds.length === 0 ? (
        <EmptyState kind="none-yet" title="No feed">
          Subscribe to expiries in your calendar, or follow changes in a feed reader.
        </EmptyState>
      ) : (
        <FeedTable
          feeds={feeds.data.feeds}
          busy={revoke.isPending}
          onRevoke={(id) => revoke.mutate(id, { onSettled: refetch })}
        />
      )}
      {making ? <MakeFeedDialog onMade={refetch} onClose={() => setMaking(false)} /> : null}
    </SectionCard>
  );
}

type FeedTableProps = { feeds: readonly FeedView[]; busy: boolean; onRevoke: (id: string) => void };

function FeedTable({ feeds, busy, onRevoke }: FeedTableProps) {
  return (
    <Table label="Private feeds" className="max-h-80 rounded-none border-0">
      <TableHead>
        <tr>
          {["Feed", "Organization", "Whose accounts", "Made", "Last read"].map((name) => (
            <HeaderCell key={name}>{name}</HeaderCell>
          ))}
          <HeaderCell align="end">
            <span className="sr-only">Action</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {feeds.map((feed) => (
          <TableRow key={feed.id}>
            <Cell>{feedNames[feed.kind]}</Cell>
            <Cell className="max-w-56 truncate">{feed.organizationName}</Cell>
            <Cell className="max-w-56 truncate">{feed.owner ?? "All"}</Cell>
            <Cell>
              <RelativeTime at={feed.createdAt} />
            </Cell>
            <Cell>{feed.lastReadAt ? <RelativeTime at={feed.lastReadAt} /> : "Never"}</Cell>
            <Cell align="end">
              <Button
                size="sm"
                variant="ghost"
                disabledReason={busy ? "Wait until this is done." : undefined}
                onClick={() => onRevoke(feed.id)}
              >
                Revoke
              </Button>
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
