import Link from "next/link";
import { useOperator } from "@/components/operator/operator-provider";
import { ExpiryBadge } from "@/components/service-accounts/expiry-badge";
import { RoleLabel } from "@/components/service-accounts/role-label";
import { Username } from "@/components/service-accounts/username";
import { counted } from "@/components/ui/counted";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { TextLink } from "@/components/ui/text-link";
import type { AccountRow, Overview } from "@/lib/domain/inventory-view";
import { hasPermission } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";

type AttentionListProps = { organizationKey: string; overview: Overview };

/** Accounts that expired or soon will, those still in use first, each with its next action. */
export function AttentionList({ organizationKey, overview }: AttentionListProps) {
  const { attention, counts, sync } = overview;
  const due = counts.expired + counts.critical + counts.warning;
  return (
    <section data-tour="attention">
      <SectionCard
        title="Needs attention"
        description={due > 0 ? `${counted(due, "service account")} expired or will within 30 days.` : undefined}
        padded={false}
        actions={
          due > 0 ? (
            <LinkButton size="sm" href={pages.serviceAccounts(organizationKey, "expiry=expired,critical,warning")}>
              Show all
            </LinkButton>
          ) : null
        }
      >
        {attention.length > 0 ? (
          <ul>
            {attention.map((account) => (
              <AttentionRow key={account.id} organizationKey={organizationKey} account={account} />
            ))}
          </ul>
        ) : sync.asOf === null ? (
          <EmptyState kind="none-yet" title="Not read yet">
            This fills itself when the first sync is done.
          </EmptyState>
        ) : (
          <EmptyState kind="none-yet" title="Nothing needs you today">
            No service account has expired or will within 30 days.
          </EmptyState>
        )}
      </SectionCard>
    </section>
  );
}

function AttentionRow({ organizationKey, account }: { organizationKey: string; account: AccountRow }) {
  const { role } = useOperator();
  const href = pages.serviceAccount(organizationKey, account.id);
  const rotate = account.own ? pages.settings : pages.serviceAccount(organizationKey, account.id, "rotate");
  const mayRotate = hasPermission(role, "account:rotate");
  return (
    <li className="grid items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0 sm:grid-cols-[minmax(0,2fr)_12rem_8rem_6rem_auto] xl:grid-cols-[minmax(0,2fr)_14rem_9rem_7rem_auto]">
      <Username name={account.name} suffix={account.suffix}>
        <Link className="rounded-sm font-medium hover:underline" href={href} prefetch={false}>
          {account.name}
        </Link>
      </Username>
      <span className="flex items-center gap-2">
        <ExpiryBadge expiresAt={account.expiresAt} />
        {account.expiresAt ? <RelativeTime at={account.expiresAt} remote /> : null}
      </span>
      <span className="text-ink-muted">
        {account.lastUsedAt ? <RelativeTime prefix="Used" at={account.lastUsedAt} remote /> : "Never used"}
      </span>
      <RoleLabel role={account.highestRole} grant={account.highestGrant} />
      <TextLink href={mayRotate ? rotate : href} prefetch={false}>
        {mayRotate ? "Rotate" : "Open"}
      </TextLink>
    </li>
  );
}
