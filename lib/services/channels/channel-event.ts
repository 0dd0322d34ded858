import type { AuditOutcome } from "@/lib/domain/audit-event";
import type { ChannelKind } from "@/lib/domain/notification-channel";
import type { EventInput } from "@/lib/services/audit/record";

type Subject = {
  action: Extract<EventInput["action"], `channel.${string}`>;
  organizationKey: string;
  id: string;
  name: string;
  kind: ChannelKind;
};

/** What the record says of a change to a channel: of an address its host, of a secret nothing. */
export function channelEvent(
  { action, organizationKey, id, name, kind }: Subject,
  outcome: AuditOutcome,
  detail: Record<string, unknown> = {},
): EventInput {
  const target = { targetKind: "notification_channel", targetId: id, targetName: name } as const;
  return { action, organizationKey, outcome, ...target, detail: { kind, ...detail } };
}
