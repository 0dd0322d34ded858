import Link from "next/link";
import { ruleWords } from "@/components/policy/rule-words";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { Posture } from "@/lib/domain/posture";
import { pages } from "@/lib/paths/paths";
import { linePoints } from "./trend-chart";

const WIDTH = 96;
const HEIGHT = 24;

type RuleTrendsProps = { organizationKey: string; rules: Posture["rules"] };

/** Each rule that anything departs from, or did in the shown days, with how that has changed. */
export function RuleTrends({ organizationKey, rules }: RuleTrendsProps) {
  if (rules.length === 0) return null;
  return (
    <details className="border-line border-t pt-3">
      <summary className="w-fit cursor-pointer rounded-sm font-medium">Rule by rule</summary>
      <Table label="Findings by rule" className="mt-2">
        <TableHead>
          <tr>
            <HeaderCell>Rule</HeaderCell>
            <HeaderCell align="end">Open</HeaderCell>
            <HeaderCell align="end">Accepted</HeaderCell>
            <HeaderCell>Last 90 days</HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {rules.map(({ rule, open, accepted, trend }) => (
            <TableRow key={rule}>
              <Cell>
                <Link
                  className="rounded-sm hover:underline"
                  href={pages.findings(organizationKey, `rule=${rule}`)}
                  prefetch={false}
                >
                  {ruleWords[rule].title}
                </Link>
              </Cell>
              <Cell align="end">{open.toLocaleString("en")}</Cell>
              <Cell align="end">{accepted.toLocaleString("en")}</Cell>
              <Cell>
                <span className="flex items-center gap-2">
                  <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden className="h-6 w-24 shrink-0 text-ink-muted">
                    <polyline
                      points={linePoints(trend, Math.max(...trend), HEIGHT, WIDTH)}
                      fill="none"
                      stroke="currentColor"
                      strokeWidth={1.5}
                    />
                  </svg>
                  <span className="text-ink-muted">{changeWords(trend)}</span>
                </span>
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </details>
  );
}

function changeWords(trend: readonly number[]): string {
  const change = (trend.at(-1) ?? 0) - (trend[0] ?? 0);
  if (change === 0) return "unchanged";
  return change > 0 ? `${change.toLocaleString("en")} more` : `${Math.abs(change).toLocaleString("en")} fewer`;
}
