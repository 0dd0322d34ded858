"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { SyncStatus } from "@/components/sync/sync-status";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { useRemoteNow } from "@/components/ui/now-provider";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { rotationsQuery } from "@/lib/api-client/rotations";
import { hasPermission } from "@/lib/domain/operator";
import type { RotationList as Answer, RotationView } from "@/lib/domain/rotation-view";
import { pages } from "@/lib/paths/paths";
import { CampaignDialog } from "./campaign-dialog";
import { CampaignRow } from "./campaign-row";
import { PhaseBadge } from "./phase-badge";

const rowStyle =
  "grid items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_11rem]";

/** What is open with its next step, campaigns, what should begin, and what has ended. */
export function RotationList({ organizationKey: key }: { organizationKey: string }) {
  const { role } = useOperator();
  const [creating, setCreating] = useState(false);
  const query = useQuery(rotationsQuery(key));
  const mayRotate = hasPermission(role, "account:rotate");
  const list = query.data;
  return (
    <>
      <PageHeader
        title="Rotations"
        description={<SyncStatus organizationKey={key} />}
        actions={
          mayRotate ? (
            <Button icon={<CalendarClock aria-hidden />} onClick={() => setCreating(true)}>
              New campaign
            </Button>
          ) : null
        }
      />
      {query.error ? <FailurePanel error={query.error} onRetry={() => query.refetch()} /> : null}
      {list ? (
        <div className="grid grid-cols-1 gap-5">
          <Rotations organizationKey={key} title="Open" rotations={list.open} />
          {list.campaigns.length > 0 ? (
            <SectionCard title="Campaigns" padded={false}>
              <ul>
                {list.campaigns.map((campaign) => (
                  <CampaignRow key={campaign.id} organizationKey={key} campaign={campaign} />
                ))}
              </ul>
            </SectionCard>
          ) : null}
          <Due organizationKey={key} due={list.due} count={list.dueCount} mayRotate={mayRotate} />
          {list.ended.length > 0 ? <Rotations organizationKey={key} title="Ended" rotations={list.ended} /> : null}
        </div>
      ) : query.error ? null : (
        <Skeleton className="h-72" />
      )}
      {creating ? (
        <CampaignDialog organizationKey={key} tags={list?.tags ?? []} onClose={() => setCreating(false)} />
      ) : null}
    </>
  );
}

type DueProps = { organizationKey: string; due: Answer["due"]; count: number; mayRotate: boolean };

function Due({ organizationKey, due, count, mayRotate }: DueProps) {
  const now = useRemoteNow();
  if (due.length === 0) return null;
  return (
    <SectionCard
      title="Due"
      description={`${counted(count, "service account")} should begin now or within two weeks: expiry less the owner's days and the overlap.`}
      padded={false}
      actions={
        count > due.length ? (
          <LinkButton size="sm" href={pages.serviceAccounts(organizationKey, "rotation=14&sort=rotateBy")}>
            Show all
          </LinkButton>
        ) : null
      }
    >
      <ul>
        {due.map(({ accountId, name, rotateBy, expiresAt, owner }) => (
          <li key={accountId} className={rowStyle}>
            <span className="min-w-0">
              <Link
                className="wrap-anywhere rounded-sm font-medium hover:underline"
                href={pages.serviceAccount(organizationKey, accountId)}
                prefetch={false}
              >
                {name}
              </Link>
              <span className="block text-ink-muted text-sm">{owner ?? "No owner recorded"}</span>
            </span>
            <span className="text-sm">
              <RelativeTime prefix={Date.parse(rotateBy) <= now ? "Should have begun" : "Begin"} at={rotateBy} remote />
              <span className="block text-ink-muted">
                <RelativeTime prefix="Expires" at={expiresAt} remote />
              </span>
            </span>
            <LinkButton
              size="sm"
              prefetch={false}
              href={pages.serviceAccount(organizationKey, accountId, mayRotate ? "rotate" : undefined)}
            >
              {mayRotate ? "Rotate" : "Open"}
            </LinkButton>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

type RotationsProps = { organizationKey: string; title: string; rotations: readonly RotationView[] };

function Rotations({ organizationKey, title, rotations }: RotationsProps) {
  return (
    <SectionCard title={title} padded={false}>
      {rotations.length === 0 ? (
        <EmptyState kind="none-yet" title="No rotation is open">
          Rotate a service account from its page, or begin with those that are due.
        </EmptyState>
      ) : (
        <ul>
          {rotations.map((rotation) => (
            <li key={rotation.id} className={rowStyle}>
              <span className="min-w-0">
                <Link
                  className="wrap-anywhere rounded-sm font-medium hover:underline"
                  href={pages.rotation(organizationKey, rotation.id)}
                  prefetch={false}
                >
                  {rotation.predecessor.name}
                </Link>
                <span className="wrap-anywhere block text-ink-muted text-sm">to {rotation.replacement.name}</span>
              </span>
              <span className="wrap-anywhere min-w-0 text-sm">
                {rotation.endedAt ? <RelativeTime prefix="Ended" at={rotation.endedAt} /> : rotation.next.text}
                {rotation.endedAt ? null : (
                  <span className="block text-ink-muted">
                    {rotation.next.who} {rotation.next.due ? <RelativeTime at={rotation.next.due} /> : null}
                  </span>
                )}
              </span>
              <span>
                <PhaseBadge rotation={rotation} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
