import { useOperator } from "@/components/operator/operator-provider";
import { TextLink } from "@/components/ui/text-link";
import type { FixKind } from "@/lib/domain/finding";
import type { FindingRow } from "@/lib/domain/finding-view";
import { hasPermission, type OperatorRole, type Permission } from "@/lib/domain/operator";
import { type AccountDialog, pages } from "@/lib/paths/paths";

type Fix = { words: string; needs: Permission; href: (organizationKey: string, accountId: number) => string };

const accountPage = (open?: AccountDialog) => (key: string, accountId: number) =>
  pages.serviceAccount(key, accountId, open);

const fixes: Record<FixKind, Fix> = {
  annotate: { words: "Annotate", needs: "annotation:write", href: accountPage("annotate") },
  rotate: { words: "Rotate", needs: "account:rotate", href: accountPage("rotate") },
  delete: { words: "Delete", needs: "account:delete", href: accountPage("delete") },
  assign: { words: "Assign to a project", needs: "membership:assign", href: accountPage("assign") },
  remove_membership: { words: "Reduce its access", needs: "membership:remove", href: accountPage() },
  settings: { words: "Open settings", needs: "organization:manage", href: () => pages.settings },
};

function fixOf(fix: FixKind, role: OperatorRole): Pick<Fix, "words" | "href"> {
  const known = fixes[fix];
  return hasPermission(role, known.needs) ? known : { words: "Open", href: accountPage() };
}

/** Where what departs is put right; who may not do that is led to the account. */
export function FindingFix({ organizationKey, finding }: { organizationKey: string; finding: FindingRow }) {
  const { words, href } = fixOf(finding.fix, useOperator().role);
  return (
    <TextLink
      href={href(organizationKey, finding.accountId)}
      prefetch={false}
      aria-label={`${words}: ${finding.accountName}`}
    >
      {words}
    </TextLink>
  );
}
