import { failureAdvice } from "@/components/errors/failure-advice";
import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import type { TargetResult } from "@/lib/domain/change";

const looks: Record<TargetResult["outcome"], { tone: Tone; word: string }> = {
  done: { tone: "accent", word: "Done" },
  already: { tone: "neutral", word: "Already so" },
  failed: { tone: "error", word: "Failed" },
  skipped: { tone: "warning", word: "Not sent" },
  unknown: { tone: "critical", word: "Unknown" },
};

/** What came of each target, as Mixpanel shows it now. */
export function ChangeResults({ results }: { results: readonly TargetResult[] }) {
  const withProjects = results.some((result) => result.projectId !== null);
  return (
    <Table label="Results" className="max-h-[50dvh]">
      <TableHead>
        <tr>
          <HeaderCell>Service account</HeaderCell>
          {withProjects ? <HeaderCell>Project</HeaderCell> : null}
          <HeaderCell>Result</HeaderCell>
          <HeaderCell>What happened</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {results.map((result) => (
          <TableRow key={`${result.accountId}:${result.projectId}`}>
            <Cell className="max-w-48 truncate">{result.accountName}</Cell>
            {withProjects ? <Cell className="max-w-48 truncate">{result.projectName ?? result.projectId}</Cell> : null}
            <Cell>
              <Badge tone={looks[result.outcome].tone}>{looks[result.outcome].word}</Badge>
            </Cell>
            <Cell className="whitespace-normal py-1">{sentence(result)}</Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function sentence({ message, error, role }: TargetResult): string {
  const until = error?.retryAt ? failureAdvice(error) : null;
  const reason = [error?.title, error?.reason, until].filter(Boolean).join(" ");
  return message ?? (reason || (role ? `Role now: ${role}` : ""));
}

/** "3 done, 1 failed", in the order that matters to a reader. */
export function resultSummary(results: readonly TargetResult[]): string {
  const order = ["done", "already", "failed", "skipped", "unknown"] as const;
  return order
    .map((outcome) => ({ outcome, count: results.filter((result) => result.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${looks[outcome].word.toLowerCase()}`)
    .join(", ");
}
