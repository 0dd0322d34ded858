import { listChannels as listRows } from "@/lib/db/notification-channels";
import { countWaiting } from "@/lib/db/notification-queries";
import type { ChannelsAnswer } from "@/lib/domain/notification-channel";
import type { OrganizationContext } from "@/lib/services/context";
import { viewChannel } from "./channel-view";

/** Where this organization's warnings go, and whether they arrive there. */
export async function listChannels({ context }: { context: OrganizationContext }): Promise<ChannelsAnswer> {
  const { database, organization, environment } = context;
  const waiting = await countWaiting(database, organization.key);
  const rows = await listRows(database, organization.key);
  return {
    channels: rows.map((row) => viewChannel(row, waiting.get(row.id) ?? 0)),
    mailReady: environment.notifications.mail !== null,
  };
}
