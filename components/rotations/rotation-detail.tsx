"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { OpenSecret } from "@/components/operations/open-secret";
import { useOperator } from "@/components/operator/operator-provider";
import { SecretDialog } from "@/components/service-accounts/secret-dialog";
import { SyncStatus } from "@/components/sync/sync-status";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api-client/api-error";
import {
  type IssueStep,
  issueStep,
  type RotationStepInput,
  rotationQuery,
  takeRotationStep,
} from "@/lib/api-client/rotations";
import { hasPermission } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import type { RotationView } from "@/lib/domain/rotation-view";
import { pages } from "@/lib/paths/paths";
import { MissingMemberships } from "./missing-memberships";
import { PhaseBadge } from "./phase-badge";
import { PlanSummary } from "./plan-summary";
import { RotationActions } from "./rotation-actions";
import { RotationFacts } from "./rotation-facts";
import { RotationTimeline } from "./rotation-timeline";
import { useIssuing } from "./use-issuing";

type RotationDetailProps = { organizationKey: string; rotationId: string; apiBases: ApiBases };

/** One rotation: what has happened, what is next, who does it and by when. It goes on wherever it stopped. */
export function RotationDetail({ organizationKey: key, rotationId, apiBases }: RotationDetailProps) {
  const { role } = useOperator();
  const client = useQueryClient();
  const query = useQuery(rotationQuery(key, rotationId));
  const refresh = () => client.invalidateQueries({ queryKey: rotationQuery(key, rotationId).queryKey });
  const step = useChange(key, (input: RotationStepInput, idempotencyKey) =>
    takeRotationStep(key, rotationId, input, idempotencyKey),
  );
  const issuing = useIssuing(key, refresh);
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <EmptyState
        page
        kind="no-match"
        title="This rotation does not exist"
        action={<LinkButton href={pages.rotations(key)}>All rotations</LinkButton>}
      />
    );
  }
  if (query.error) return <FailurePanel error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <Skeleton className="h-96" />;
  const { rotation, plan } = query.data;
  const allowed = hasPermission(role, "account:rotate");
  const error = step.error ?? issuing.error;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Rotations", href: pages.rotations(key) }]}
        title={`Rotation of ${rotation.predecessor.name}`}
        badges={<PhaseBadge rotation={rotation} />}
        description={<SyncStatus organizationKey={key} />}
        actions={
          allowed && rotation.endedAt === null ? (
            <RotationActions
              rotation={rotation}
              busy={step.isPending || issuing.isPending}
              take={(input) => step.mutate(input, { onError: refresh })}
              issue={(input: IssueStep) =>
                issuing.send((idempotencyKey) => issueStep(key, rotationId, input, idempotencyKey))
              }
            />
          ) : null
        }
      />
      <div className="grid grid-cols-1 gap-5">
        {error ? <ChangeFailure error={error} changed="This step was not taken; what was done before stays." /> : null}
        <NextStep rotation={rotation} />
        {rotation.problem ? (
          <Notice tone="warning" title="The last attempt did not go through.">
            {rotation.problem}
          </Notice>
        ) : null}
        {rotation.replacement.id !== null && rotation.secret?.mine ? (
          <OpenSecret organizationKey={key} accountId={rotation.replacement.id} apiBases={apiBases} />
        ) : null}
        <MissingMemberships organizationKey={key} answer={query.data} allowed={allowed} />
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
          <SectionCard title="Timeline">
            <RotationTimeline rotation={rotation} />
          </SectionCard>
          <div className="grid grid-cols-1 gap-5">
            <RotationFacts organizationKey={key} rotation={rotation} />
            <SectionCard title="What the replacement gets">
              <PlanSummary plan={plan} replacementName={rotation.replacement.name} />
            </SectionCard>
          </div>
        </div>
      </div>
      {issuing.created ? (
        <SecretDialog organizationKey={key} created={issuing.created} apiBases={apiBases} onClose={issuing.close} />
      ) : null}
    </>
  );
}

function NextStep({ rotation: { next, endedAt } }: { rotation: RotationView }) {
  if (endedAt !== null) return null;
  return (
    <Notice tone="notice" title={`Next: ${next.text}`}>
      {next.who ? `Who: ${next.who}.` : null}{" "}
      {next.due ? <RelativeTime prefix={next.who ? "Due" : "Open"} at={next.due} tooltip /> : null}
    </Notice>
  );
}
