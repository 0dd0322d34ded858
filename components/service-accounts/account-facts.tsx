import { counted } from "@/components/ui/counted";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatAbsoluteTime, formatDate } from "@/components/ui/format-relative-time";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import type { AccountDetail, AccountRow } from "@/lib/domain/inventory-view";
import { Creator } from "./creator";
import { grantPhrase, RoleLabel } from "./role-label";
import { RotateByTime } from "./rotate-by-time";

function When({ at, missing }: { at: string | null; missing: string }) {
  return at ? <RelativeTime at={at} tooltip remote /> : <span className="text-ink-muted">{missing}</span>;
}

/** How the date comes about: "20 Jan 2027 = 10 Feb 2027 − 14 days lead time − 7 days overlap". */
function arithmetic(
  { rotateBy, expiresAt }: Pick<AccountRow, "rotateBy" | "expiresAt">,
  { leadTimeDays, overlapDays }: AccountDetail["rotation"],
): string | undefined {
  if (rotateBy === null || expiresAt === null) return undefined;
  const days = `${counted(leadTimeDays, "day")} lead time − ${counted(overlapDays, "day")} overlap`;
  return `${formatDate(rotateBy)} = ${formatDate(expiresAt)} − ${days}`;
}

/** What Mixpanel tells of an account, and what only Keywarden knows. */
export function AccountFacts({ detail: { account, organizationRole, rotation } }: { detail: AccountDetail }) {
  const absolute = (at: string | null) => (at ? formatAbsoluteTime(at) : undefined);
  return (
    <SectionCard title="About">
      <DefinitionList
        columns={3}
        items={[
          {
            term: "Highest role",
            value: <RoleLabel role={account.highestRole} grant={account.highestGrant} />,
            hint: account.highestGrant ? grantPhrase(account.highestGrant) : undefined,
          },
          {
            term: "Organization role",
            value: organizationRole ?? "Not told by Mixpanel",
            hint: organizationRole ? "as given when it was created here" : "known only for accounts created here",
          },
          { term: "Projects", value: counted(account.projectCount, "project") },
          {
            term: "Expires",
            value: <When at={account.expiresAt} missing="Never" />,
            hint: absolute(account.expiresAt),
          },
          {
            term: "Last used",
            value: <When at={account.lastUsedAt} missing="Never used" />,
            hint: absolute(account.lastUsedAt),
          },
          {
            term: "Created",
            value: <When at={account.createdAt} missing="Not told by Mixpanel" />,
            hint: absolute(account.createdAt),
          },
          { term: "Creator", value: <Creator account={account} />, hint: account.creatorEmail ?? undefined },
          { term: "Id", value: <span className="font-mono">{account.id}</span> },
          {
            term: "Start rotation by",
            value: <RotateByTime account={account} tooltip />,
            hint: account.rotateBy && account.expiresAt ? arithmetic(account, rotation) : undefined,
          },
        ]}
      />
    </SectionCard>
  );
}
