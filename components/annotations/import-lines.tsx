import { Badge } from "@/components/ui/badge";
import { counted } from "@/components/ui/counted";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import { csvHeads } from "@/lib/domain/annotation-csv";
import type { ImportLine } from "@/lib/domain/annotation-import";
import { countOutcomes } from "./import-slices";

type Outcome = ImportLine["outcome"];
const LINES_SHOWN = 200;
/** What needs a reader first. */
const order: readonly Outcome[] = ["invalid", "unknown", "conflict", "changed", "unchanged"];

const looks: Record<Outcome, { tone: Tone; before: string; after: string }> = {
  changed: { tone: "accent", before: "Will change", after: "Changed" },
  unchanged: { tone: "neutral", before: "Unchanged", after: "Unchanged" },
  unknown: { tone: "warning", before: "Unknown", after: "Unknown" },
  invalid: { tone: "error", before: "Invalid", after: "Invalid" },
  conflict: { tone: "critical", before: "Left out", after: "Left out" },
};

/** What each line of a file would do, or did; those that nothing can be done with come first. */
export function ImportLines({ lines, applied }: { lines: readonly ImportLine[]; applied: boolean }) {
  const counts = countOutcomes(lines);
  const word = (outcome: Outcome) => looks[outcome][applied ? "after" : "before"];
  const summary = ["changed", "unchanged", "unknown", "invalid", "conflict"] as const;
  const shown = [...lines]
    .sort((left, right) => order.indexOf(left.outcome) - order.indexOf(right.outcome) || left.line - right.line)
    .slice(0, LINES_SHOWN);
  return (
    <div className="grid gap-3">
      <p role="status" className="font-medium">
        {summary
          .filter((outcome) => counts[outcome] > 0 || outcome === "changed")
          .map((outcome) => `${word(outcome)}: ${counts[outcome]}`)
          .join(", ")}
      </p>
      <Table label="Lines" className="max-h-[45dvh]">
        <TableHead>
          <tr>
            <HeaderCell align="end">Line</HeaderCell>
            <HeaderCell>Service account</HeaderCell>
            <HeaderCell>{applied ? "Result" : "What it does"}</HeaderCell>
            <HeaderCell>Why</HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {shown.map((line) => (
            <TableRow key={line.line}>
              <Cell align="end">{line.line}</Cell>
              <Cell className="max-w-48 truncate">{line.accountName ?? ""}</Cell>
              <Cell>
                <Badge tone={looks[line.outcome].tone}>{word(line.outcome)}</Badge>
              </Cell>
              <Cell className="whitespace-normal py-1">
                {line.reason ?? line.fields.map((field) => csvHeads[field]).join(", ")}
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {lines.length > shown.length ? (
        <p className="text-ink-muted text-sm">And {counted(lines.length - shown.length, "further line")}.</p>
      ) : null}
    </div>
  );
}
