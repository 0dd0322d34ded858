import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { DryRunAnswer } from "@/lib/domain/policy-view";
import { ruleWords } from "./rule-words";

type RuleRun = DryRunAnswer["rules"][number];

/** What would be found that is not now, and what would be found no more, rule by rule. */
export function DryRunTable({ answer }: { answer: DryRunAnswer }) {
  const changed = answer.rules.filter(({ found, resolved, reweighed }) => found + resolved + reweighed > 0);
  if (changed.length === 0) return <p>The findings stay exactly as they are now.</p>;
  return (
    <Table label="What the changed policy would find">
      <TableHead>
        <tr>
          <HeaderCell>Rule</HeaderCell>
          <HeaderCell align="end">Now</HeaderCell>
          <HeaderCell align="end">Then</HeaderCell>
          <HeaderCell>Difference</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {changed.map((run) => (
          <TableRow key={run.rule}>
            <Cell>{ruleWords[run.rule].title}</Cell>
            <Cell align="end">{run.before.toLocaleString("en")}</Cell>
            <Cell align="end">{run.after.toLocaleString("en")}</Cell>
            <Cell className="py-2">
              <Difference run={run} />
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Difference({ run: { found, foundNames, resolved, resolvedNames, reweighed } }: { run: RuleRun }) {
  return (
    <div className="grid min-w-56 gap-1 whitespace-normal">
      {found > 0 ? <Named count={found} word="newly found" names={foundNames} /> : null}
      {resolved > 0 ? <Named count={resolved} word="found no longer" names={resolvedNames} /> : null}
      {reweighed > 0 ? <p>{reweighed.toLocaleString("en")} with another severity</p> : null}
    </div>
  );
}

function Named({ count, word, names }: { count: number; word: string; names: readonly string[] }) {
  const more = count > names.length ? " …" : "";
  return (
    <p className="wrap-anywhere">
      {count.toLocaleString("en")} {word}: <span className="text-ink-muted">{`${names.join(", ")}${more}`}</span>
    </p>
  );
}
