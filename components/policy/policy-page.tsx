"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { policyQuery } from "@/lib/api-client/policy";
import { hasPermission } from "@/lib/domain/operator";
import type { PolicyView } from "@/lib/domain/policy-view";
import { pages } from "@/lib/paths/paths";
import { PolicyFacts } from "./policy-facts";
import { PolicyForm } from "./policy-form";

/** What the organization asks of its service accounts; administrators change it, everybody reads it. */
export function PolicyPage({ organizationKey }: { organizationKey: string }) {
  const { role } = useOperator();
  const query = useQuery(policyQuery(organizationKey));
  // What is being edited stays as it was seen: a change by somebody else must not replace what is typed.
  const [held, setHeld] = useState<PolicyView | null>(null);
  const seen = held ?? query.data ?? null;
  const editable = hasPermission(role, "policy:manage") && seen !== null && seen.source !== "file";
  if (held === null && query.data) setHeld(query.data);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Findings", href: pages.findings(organizationKey) }]}
        title="Policy"
        description={seen ? <Origin view={seen} /> : undefined}
      />
      {query.error && !seen ? (
        <FailurePanel error={query.error} onRetry={() => query.refetch()} />
      ) : !seen ? (
        <Skeleton className="h-96" />
      ) : editable ? (
        <PolicyForm
          key={seen.version}
          organizationKey={organizationKey}
          seen={seen}
          onSaved={setHeld}
          onLoadCurrent={async () => setHeld((await query.refetch()).data ?? null)}
        />
      ) : (
        <div className="grid grid-cols-1 gap-5">
          <Notice tone="neutral" title={seen.source === "file" ? "Configured outside the console" : "You may read it"}>
            {seen.source === "file"
              ? "KEYWARDEN_POLICY_FILE holds the policy of every organization. Change the file and restart the console."
              : "Administrators of Keywarden change the policy."}
          </Notice>
          <PolicyFacts policy={seen.policy} />
        </div>
      )}
    </>
  );
}

function Origin({ view: { source, updatedBy, updatedAt } }: { view: PolicyView }) {
  if (source === "file") return "From a file, for every organization";
  if (updatedBy === null || updatedAt === null) return "The defaults, from Mixpanel's own advice";
  return <RelativeTime prefix={`Changed by ${updatedBy}`} at={updatedAt} tooltip />;
}
