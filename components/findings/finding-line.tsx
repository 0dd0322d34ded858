import Link from "next/link";
import { useOperator } from "@/components/operator/operator-provider";
import { ruleWords } from "@/components/policy/rule-words";
import { SeverityBadge } from "@/components/policy/severity-badge";
import { OwnBadge } from "@/components/service-accounts/own-badge";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/components/ui/format-relative-time";
import { RelativeTime } from "@/components/ui/relative-time";
import type { FindingRow } from "@/lib/domain/finding-view";
import { mayAccept } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { FindingFix } from "./finding-fix";

type FindingLineProps = {
  organizationKey: string;
  finding: FindingRow;
  /** Left out where the account is known: on its own page. */
  withAccount?: boolean;
  onAnswer: (finding: FindingRow) => void;
};

/** One departure: whose, what departs and since when, what resolves it, and who answers for it. */
export function FindingLine({ organizationKey, finding, withAccount = true, onAnswer }: FindingLineProps) {
  const { accountId, accountName, acceptance, rule } = finding;
  return (
    <li className="grid items-start gap-x-4 gap-y-1.5 border-line border-b px-4 py-2.5 last:border-b-0 lg:grid-cols-[6rem_minmax(0,1fr)_auto]">
      <SeverityBadge severity={finding.severity} />
      <div className="min-w-0">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
          {withAccount ? (
            <>
              <Link
                className="min-w-0 wrap-anywhere rounded-sm font-medium hover:underline"
                href={pages.serviceAccount(organizationKey, accountId)}
                prefetch={false}
              >
                {accountName}
              </Link>
              {finding.own ? <OwnBadge /> : null}
              <span className="text-ink-muted text-sm">{ruleWords[rule].title}</span>
            </>
          ) : (
            <span className="font-medium">{ruleWords[rule].title}</span>
          )}
        </p>
        <p className="wrap-anywhere text-pretty">{finding.sentence}</p>
        <p className="wrap-anywhere text-ink-muted text-sm">
          {acceptance ? (
            <>
              Accepted by {acceptance.byName} until {formatDate(acceptance.until)}: {acceptance.reason}
            </>
          ) : (
            <>
              <RelativeTime prefix="Found" at={finding.since} />
              {withAccount ? ` · ${finding.owner ?? "no owner"}` : null}
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <FindingFix organizationKey={organizationKey} finding={finding} />
        <AnswerButton finding={finding} onAnswer={onAnswer} />
      </div>
    </li>
  );
}

function AnswerButton({ finding, onAnswer }: Pick<FindingLineProps, "finding" | "onAnswer">) {
  const { role } = useOperator();
  if (!mayAccept(role, "notice")) return null;
  const words = finding.acceptance ? "Withdraw" : "Accept";
  return (
    <Button
      size="sm"
      aria-label={`${words}: ${ruleWords[finding.rule].title}, ${finding.accountName}`}
      disabledReason={
        mayAccept(role, finding.severity) ? undefined : "Only administrators answer for critical findings."
      }
      onClick={() => onAnswer(finding)}
    >
      {words}…
    </Button>
  );
}
