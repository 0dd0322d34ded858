"use client";

import { Pencil, User, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useOperator } from "@/components/operator/operator-provider";
import { TagList } from "@/components/service-accounts/tag-list";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { formatRelativeTime } from "@/components/ui/format-relative-time";
import { useNow } from "@/components/ui/now-provider";
import { SectionCard } from "@/components/ui/section-card";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { hasPermission } from "@/lib/domain/operator";
import { TicketLink } from "./ticket-link";

type AnnotationCardProps = { detail: AccountDetail; onEdit: () => void };

const quiet = (text: string) => <span className="text-ink-muted">{text}</span>;
const long = (text: string) => (
  <span className="whitespace-pre-line" dir="auto">
    {text}
  </span>
);

/** Whose the account is and what it is for, as people recorded it. */
export function AnnotationCard({ detail: { annotation, rotation }, onEdit }: AnnotationCardProps) {
  const { role } = useOperator();
  const now = useNow();
  const { updatedAt, updatedBy } = annotation;
  const optional: [string, ReactNode][] = [
    ["Why owner or admin", annotation.roleReason && long(annotation.roleReason)],
    ["Why it never expires", annotation.neverReason && long(annotation.neverReason)],
    ["Notes", annotation.notes && long(annotation.notes)],
  ];
  const items: Definition[] = [
    { term: "Owner", value: annotation.owner ? <Owner annotation={annotation} /> : quiet("Nobody recorded") },
    {
      term: "Contact",
      value: annotation.contact ? (
        <a className="text-accent underline underline-offset-3" href={`mailto:${annotation.contact}`}>
          {annotation.contact}
        </a>
      ) : (
        quiet("Not recorded")
      ),
      hint: annotation.timeZone ?? undefined,
    },
    { term: "Ticket", value: annotation.ticket ? <TicketLink ticket={annotation.ticket} /> : quiet("Not recorded") },
    { term: "Purpose", value: annotation.purpose ? long(annotation.purpose) : quiet("Not recorded") },
    { term: "Tags", value: annotation.tags.length > 0 ? <TagList tags={annotation.tags} /> : quiet("None") },
    {
      term: "Lead time",
      value: counted(rotation.leadTimeDays, "day"),
      hint: rotation.fromPolicy ? "by the policy" : undefined,
    },
    ...optional.flatMap(([term, value]) => (value ? [{ term, value }] : [])),
  ];
  return (
    <SectionCard
      title="Whose it is"
      description={
        updatedAt === null
          ? "Nothing is recorded yet."
          : `Recorded by ${updatedBy ?? "somebody"} ${formatRelativeTime(updatedAt, now)}.`
      }
      actions={
        hasPermission(role, "annotation:write") ? (
          <Button size="sm" icon={<Pencil aria-hidden />} onClick={onEdit}>
            Annotate
          </Button>
        ) : null
      }
    >
      <DefinitionList columns={3} items={items} />
    </SectionCard>
  );
}

function Owner({ annotation: { owner, ownerKind } }: Pick<AccountDetail, "annotation">) {
  const Icon = ownerKind === "team" ? Users : User;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon role="img" aria-label={ownerKind === "team" ? "Team" : "Person"} className="size-4 text-ink-muted" />
      <span dir="auto">{owner}</span>
    </span>
  );
}
