import { findDeliveryPage } from "@/lib/db/notification-queries";
import type { NotificationRow } from "@/lib/db/notifications";
import { type Deliveries, type Delivery, deliverySchema } from "@/lib/domain/notification";
import type { OrganizationContext } from "@/lib/services/context";
import { getChannel } from "./kept-channel";

type Request = { context: OrganizationContext; id: string; page: { page: number; size: number } };

/** What went to a channel and what waits for it, newest first. */
export async function listDeliveries({ context, id, page }: Request): Promise<Deliveries> {
  await getChannel(context, id);
  const { rows, total } = await findDeliveryPage(context.database, id, page);
  return { rows: rows.map(toDelivery), total };
}

export function toDelivery(row: NotificationRow): Delivery {
  return deliverySchema.parse({
    id: row.id,
    channelId: row.channel_id,
    kind: row.kind,
    summary: row.summary,
    recipient: row.recipient,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAttemptAt: row.next_attempt_at,
    deliveredAt: row.delivered_at,
    lastError: row.last_error,
  });
}
