import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import type { AuditEvent, AuditOutcome } from "@/lib/domain/audit-event";
import { actionWords } from "./action-words";

export const outcomeLooks: Record<AuditOutcome, { tone: Tone; word: string }> = {
  intended: { tone: "quiet", word: "Intended" },
  succeeded: { tone: "accent", word: "Succeeded" },
  failed: { tone: "error", word: "Failed" },
  unknown: { tone: "critical", word: "Unknown" },
  refused: { tone: "warning", word: "Refused" },
  seen: { tone: "notice", word: "Seen" },
};

type EventTableProps = { events: readonly AuditEvent[]; label: string; framed?: boolean };

/** Lines of the record: who, what, which target, from where, result. */
export function EventTable({ events, label, framed = true }: EventTableProps) {
  return (
    <Table label={label} className={framed ? undefined : "max-h-120 rounded-none border-0"}>
      <TableHead>
        <tr>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Who</HeaderCell>
          <HeaderCell>What</HeaderCell>
          <HeaderCell>Target</HeaderCell>
          <HeaderCell>Outcome</HeaderCell>
          <HeaderCell>From</HeaderCell>
          <HeaderCell>Detail</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {events.map((event) => (
          <TableRow key={event.id}>
            <Cell>
              <RelativeTime at={event.at} />
            </Cell>
            <Cell className="max-w-48 truncate" title={event.actorRole}>
              {event.actorName}
            </Cell>
            <Cell>{actionWords[event.action]}</Cell>
            <Cell className="max-w-64 truncate" title={event.targetName ?? undefined}>
              {event.targetName ?? event.targetId ?? ""}
            </Cell>
            <Cell>
              <Badge tone={outcomeLooks[event.outcome].tone}>{outcomeLooks[event.outcome].word}</Badge>
            </Cell>
            <Cell className="font-mono text-ink-muted text-xs">{event.address ?? ""}</Cell>
            <Cell className="max-w-96 truncate text-ink-muted" title={detailText(event)}>
              {detailText(event)}
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

/** Objects by their name where they have one: a reader looks for accounts and projects, not for braces. */
function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return "name" in value ? String(value.name) : JSON.stringify(value);
}

function detailText({ detail, upstreamReference }: AuditEvent): string {
  const parts = Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${words(value)}`);
  return [...parts, ...(upstreamReference ? [`reference: ${upstreamReference}`] : [])].join(" · ");
}
