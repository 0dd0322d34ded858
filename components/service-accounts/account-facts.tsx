import { counted } from "@/components/ui/counted";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { Creator } from "./creator";
import { grantPhrase, RoleLabel } from "./role-label";

function When({ at, missing }: { at: string | null; missing: string }) {
  return at ? <RelativeTime at={at} tooltip remote /> : <span className="text-ink-muted">{missing}</span>;
}

/** What Mixpanel tells of an account, and what only Keywarden knows. */
export function AccountFacts({ detail: { account, organizationRole, annotation } }: { detail: AccountDetail }) {
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
          { term: "Purpose", value: annotation.purpose || <span className="text-ink-muted">Not recorded</span> },
        ]}
      />
    </SectionCard>
  );
}
