import { counted } from "@/components/ui/counted";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { Overview } from "@/lib/domain/inventory-view";
import { pages } from "@/lib/paths/paths";

type FindingsLineProps = { organizationKey: string; findings: Overview["findings"] };

/** How the organization stands by its policy, in one line. */
export function FindingsLine({ organizationKey, findings }: FindingsLineProps) {
  const { score, critical, warning, notice, judgedAt } = findings;
  if (score === null || judgedAt === null) return null;
  const worst = critical > 0 ? "critical" : warning > 0 ? "warning" : notice > 0 ? "notice" : "accent";
  const open = [
    ...(critical > 0 ? [`${critical.toLocaleString("en")} critical`] : []),
    ...(warning > 0 ? [counted(warning, "warning")] : []),
    ...(notice > 0 ? [counted(notice, "notice")] : []),
  ];
  return (
    <Notice
      tone={worst}
      title={`Posture ${score} of 100`}
      action={
        <LinkButton size="sm" href={pages.findings(organizationKey)}>
          Findings
        </LinkButton>
      }
    >
      {open.length > 0 ? `Open findings: ${open.join(", ")}.` : "Every service account follows the policy."}
    </Notice>
  );
}
