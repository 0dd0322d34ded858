"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { counted } from "@/components/ui/counted";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { postureQuery } from "@/lib/api-client/findings";
import { PracticeList } from "./practice-list";
import { RuleTrends } from "./rule-trends";
import { TrendChart } from "./trend-chart";

/** How the organization stands by its policy: a score with its history, and the four best practices. */
export function Posture({ organizationKey }: { organizationKey: string }) {
  const posture = useQuery(postureQuery(organizationKey));
  if (posture.error) return <FailurePanel error={posture.error} onRetry={() => posture.refetch()} />;
  if (!posture.data) return <Skeleton className="h-56" />;
  const { score, accounts, clean, accepted, practices, history, rules } = posture.data;
  if (score === null) return null;
  return (
    <SectionCard
      title="Posture"
      description="100 is every service account without an open finding; the gravest finding of an account takes from it."
    >
      <div className="grid grid-cols-1 gap-x-8 gap-y-5 lg:grid-cols-[12rem_minmax(0,1fr)_minmax(0,1.2fr)]">
        <div>
          <p className="flex items-baseline gap-1.5">
            <span className="font-semibold text-4xl tabular-nums">{score}</span>
            <span className="text-ink-muted">of 100</span>
          </p>
          <p className="text-ink-muted">
            {counted(clean, "account")} of {accounts.toLocaleString("en")} without an open finding
            {accepted > 0 ? `; ${counted(accepted, "finding")} accepted` : ""}.
          </p>
        </div>
        <TrendChart history={history} />
        <PracticeList organizationKey={organizationKey} following={practices} accounts={accounts} />
      </div>
      <div className="mt-4">
        <RuleTrends organizationKey={organizationKey} rules={rules} />
      </div>
    </SectionCard>
  );
}
