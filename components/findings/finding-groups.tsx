import { severityLooks } from "@/components/policy/rule-words";
import { SectionCard } from "@/components/ui/section-card";
import type { FindingQuery, FindingRow } from "@/lib/domain/finding-view";
import { FindingLine } from "./finding-line";

type FindingGroupsProps = {
  organizationKey: string;
  rows: readonly FindingRow[];
  group: FindingQuery["group"];
  onAnswer: (finding: FindingRow) => void;
};

type Group = { title: string; rows: FindingRow[] };

/** The rows of a page in their order, split where the severity or the owner changes. */
function groupsOf(rows: readonly FindingRow[], group: FindingQuery["group"]): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const title = group === "owner" ? (row.owner ?? "No owner") : severityLooks[row.severity].word;
    const last = groups.at(-1);
    if (last?.title === title) last.rows.push(row);
    else groups.push({ title, rows: [row] });
  }
  return groups;
}

export function FindingGroups({ organizationKey, rows, group, onAnswer }: FindingGroupsProps) {
  return (
    <div className="grid grid-cols-1 gap-4">
      {groupsOf(rows, group).map(({ title, rows: found }) => (
        <SectionCard key={title} title={title} padded={false}>
          <ul>
            {found.map((finding) => (
              <FindingLine
                key={`${finding.accountId} ${finding.rule}`}
                organizationKey={organizationKey}
                finding={finding}
                onAnswer={onAnswer}
              />
            ))}
          </ul>
        </SectionCard>
      ))}
    </div>
  );
}
