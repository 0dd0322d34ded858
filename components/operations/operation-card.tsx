"use client";

import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import type { Tone } from "@/components/ui/tone";
import type { OperationView } from "@/lib/domain/change";
import type { OperationState } from "@/lib/domain/operation";
import type { ApiBases } from "@/lib/domain/region";
import { NextStep } from "./next-step";
import { operationWords } from "./pending-notice";

const states: Record<OperationState, { tone: Tone; word: string }> = {
  prepared: { tone: "notice", word: "Prepared" },
  sent: { tone: "notice", word: "Under way" },
  succeeded: { tone: "accent", word: "Done" },
  failed: { tone: "error", word: "Not done" },
  unknown: { tone: "critical", word: "Outcome unknown" },
  reconciled: { tone: "warning", word: "Checked" },
};

type OperationCardProps = { organizationKey: string; operation: OperationView; apiBases: ApiBases };

export function OperationCard({ organizationKey, operation, apiBases }: OperationCardProps) {
  const { kind, state, accountName, projectName, actorName, preparedAt, error, upstreamReference, known } = operation;
  const target = projectName ? `${accountName} in ${projectName}` : accountName;
  return (
    <article id={operation.id} className="scroll-mt-20">
      <SectionCard
        title={`${operationWords[kind].noun}: ${target}`}
        description={`${actorName}`}
        actions={<Badge tone={states[state].tone}>{states[state].word}</Badge>}
      >
        <div className="grid gap-3">
          <p className="text-ink-muted text-sm">
            <RelativeTime prefix="Intended" at={preparedAt} tooltip />
          </p>
          <p className="text-pretty">{known}</p>
          {error ? (
            <p className="text-ink-muted text-sm">
              {state === "reconciled" ? "What was told at first: " : null}
              {error.title} {error.reason}
            </p>
          ) : null}
          {upstreamReference ? (
            <p className="flex items-center gap-1 text-ink-muted text-sm">
              Reference <code className="font-mono">{upstreamReference}</code>
              <CopyButton text={upstreamReference} label="Copy reference" iconOnly />
            </p>
          ) : null}
          <NextStep organizationKey={organizationKey} operation={operation} apiBases={apiBases} />
        </div>
      </SectionCard>
    </article>
  );
}
