"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api-client/api-error";
import { campaignQuery, closeCampaign } from "@/lib/api-client/rotations";
import { hasPermission } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import type { CampaignView } from "@/lib/domain/rotation-view";
import { pages } from "@/lib/paths/paths";
import { phaseWords } from "./phase-badge";
import { RotateDialog } from "./rotate-dialog";

type CampaignDetailProps = { organizationKey: string; campaignId: string; apiBases: ApiBases };
type Member = CampaignView["members"][number];

/** How far a campaign is; each account is rotated from here, one at a time, by a person. */
export function CampaignDetail({ organizationKey: key, campaignId, apiBases }: CampaignDetailProps) {
  const { role } = useOperator();
  const query = useQuery(campaignQuery(key, campaignId));
  const [rotating, setRotating] = useState<Member | null>(null);
  const close = useChange(key, (_: null, idempotencyKey) => closeCampaign(key, campaignId, idempotencyKey));
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <EmptyState
        page
        kind="no-match"
        title="This campaign does not exist"
        action={<LinkButton href={pages.rotations(key)}>All rotations</LinkButton>}
      />
    );
  }
  if (query.error) return <FailurePanel error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <Skeleton className="h-96" />;
  const campaign = query.data;
  const { members, done, endedAt } = campaign;
  const mayRotate = hasPermission(role, "account:rotate") && endedAt === null;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Rotations", href: pages.rotations(key) }]}
        title={campaign.name}
        badges={endedAt ? <Badge>Closed</Badge> : null}
        description={
          <>
            {campaign.chosenBy}. <RelativeTime prefix="Due" at={campaign.dueAt} tooltip />. Begun by{" "}
            {campaign.startedBy}.
          </>
        }
        actions={
          mayRotate ? (
            <Button loading={close.isPending} onClick={() => close.mutate(null)}>
              Close campaign
            </Button>
          ) : null
        }
      />
      <div className="grid grid-cols-1 gap-5">
        {close.error ? <ChangeFailure error={close.error} changed="The campaign stays open." /> : null}
        <ProgressBar label="Rotated" value={done} max={members.length} unit="service accounts" />
        <SectionCard title="Service accounts" padded={false}>
          <ul>
            {members.map((member) => (
              <li
                key={member.accountId}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0"
              >
                <MemberName organizationKey={key} member={member} />
                <MemberState member={member} />
                {mayRotate && (member.state === "waiting" || member.state === "left_out") ? (
                  <Button size="sm" onClick={() => setRotating(member)}>
                    Rotate<span className="sr-only"> {member.name}</span>
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </SectionCard>
      </div>
      {rotating ? (
        <RotateDialog
          organizationKey={key}
          accountId={rotating.accountId}
          name={rotating.name}
          apiBases={apiBases}
          campaignId={campaignId}
          onClose={() => setRotating(null)}
        />
      ) : null}
    </>
  );
}

function MemberName({ organizationKey, member }: { organizationKey: string; member: Member }) {
  const { accountId, name, rotationId, state } = member;
  const href = rotationId
    ? pages.rotation(organizationKey, rotationId)
    : pages.serviceAccount(organizationKey, accountId);
  return (
    <span className="wrap-anywhere min-w-0 flex-1 basis-48 font-medium">
      {state === "gone" ? (
        name
      ) : (
        <Link className="rounded-sm hover:underline" href={href} prefetch={false}>
          {name}
        </Link>
      )}
    </span>
  );
}

function MemberState({ member: { state, phase } }: { member: Member }) {
  if (state === "done") return <Badge tone="accent">Rotated</Badge>;
  if (state === "gone") return <Badge>Deleted</Badge>;
  if (state === "left_out") return <Badge tone="warning">Not rotated</Badge>;
  if (state === "waiting") return <Badge>To begin</Badge>;
  return <Badge tone="notice">{phase ? phaseWords[phase] : "Open"}</Badge>;
}
