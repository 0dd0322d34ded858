import Link from "next/link";
import { actionWords } from "@/components/audit-events/action-words";
import { counted } from "@/components/ui/counted";
import { LinkButton } from "@/components/ui/link-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import type { AuditEvent } from "@/lib/domain/audit-event";
import type { Overview } from "@/lib/domain/inventory-view";
import { pages } from "@/lib/paths/paths";

type DriftListProps = { organizationKey: string; drift: Overview["drift"] };

/** What somebody changed at Mixpanel without Keywarden; nothing where nobody did. */
export function DriftList({ organizationKey, drift }: DriftListProps) {
  if (drift.events === 0) return null;
  return (
    <SectionCard
      title="Changed outside Keywarden"
      description={`${counted(drift.events, "change")} seen at Mixpanel in the last 7 days.`}
      padded={false}
      actions={
        <LinkButton size="sm" href={pages.auditLog(organizationKey, "outcome=seen")}>
          Show all
        </LinkButton>
      }
    >
      <ul>
        {drift.latest.map((event) => (
          <li
            key={event.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0"
          >
            <Target organizationKey={organizationKey} event={event} />
            <span>{actionWords[event.action]}</span>
            {typeof event.detail.by === "string" ? <span className="text-ink-muted">by {event.detail.by}</span> : null}
            <span className="ml-auto text-ink-muted">
              <RelativeTime prefix="Seen" at={event.at} />
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

/** A deleted account has no page any more. */
function Target({ organizationKey, event }: { organizationKey: string; event: AuditEvent }) {
  const { action, targetId, targetName } = event;
  if (targetId === null || action === "drift.deleted" || action === "drift.many") {
    return <span className="min-w-0 truncate font-medium">{targetName ?? "This organization"}</span>;
  }
  return (
    <Link
      className="min-w-0 truncate rounded-sm font-medium hover:underline"
      href={pages.serviceAccount(organizationKey, Number(targetId))}
      prefetch={false}
    >
      {targetName}
    </Link>
  );
}
