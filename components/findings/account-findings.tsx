"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SectionCard } from "@/components/ui/section-card";
import { accountFindingsQuery } from "@/lib/api-client/findings";
import type { FindingRow } from "@/lib/domain/finding-view";
import { FindingDialogs } from "./finding-dialogs";
import { FindingLine } from "./finding-line";

/** What departs from the policy about one account: the open ones first, then those somebody answers for. */
export function AccountFindings({ organizationKey, accountId }: { organizationKey: string; accountId: number }) {
  const open = useQuery(accountFindingsQuery(organizationKey, accountId, "open"));
  const accepted = useQuery(accountFindingsQuery(organizationKey, accountId, "accepted"));
  const [answered, setAnswered] = useState<FindingRow | null>(null);
  if (!open.data || !accepted.data) return null;
  const rows = [...open.data.rows, ...accepted.data.rows];
  return (
    <SectionCard title="Findings" padded={rows.length === 0}>
      {rows.length === 0 ? (
        <p className="text-ink-muted">
          {open.data.judgedAt ? "It follows the policy in everything." : "It has not been judged by the policy yet."}
        </p>
      ) : (
        <ul>
          {rows.map((finding) => (
            <FindingLine
              key={finding.rule}
              organizationKey={organizationKey}
              finding={finding}
              withAccount={false}
              onAnswer={setAnswered}
            />
          ))}
        </ul>
      )}
      <FindingDialogs organizationKey={organizationKey} finding={answered} onClose={() => setAnswered(null)} />
    </SectionCard>
  );
}
