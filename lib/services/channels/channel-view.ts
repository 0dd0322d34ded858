import type { ChannelRow } from "@/lib/db/notification-channels";
import type { ChannelView } from "@/lib/domain/notification-channel";
import { readChannel } from "@/lib/services/notifications/channel-row";

/** A channel without its address and secret. */
export function viewChannel(row: ChannelRow, waiting: number): ChannelView {
  const { row: _, createdAt, ...channel } = readChannel(row);
  return {
    ...channel,
    host: row.host,
    failingSince: row.failing_since,
    lastDeliveredAt: row.last_delivered_at,
    waiting,
    createdBy: row.created_by,
    createdAt,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}
