import { inTransaction } from "@/lib/db/in-transaction";
import { findNotification, retryNotification } from "@/lib/db/notifications";
import { AppError } from "@/lib/domain/app-error";
import type { Delivery } from "@/lib/domain/notification";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { readChannel } from "@/lib/services/notifications/channel-row";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { channelEvent } from "./channel-event";
import { getChannel } from "./kept-channel";
import { toDelivery } from "./list-deliveries";

type Request = { context: OrganizationContext; id: string };

/** Lets a message that waits, or was given up, be tried again at once. What has arrived is not sent again. */
export async function retryDelivery({ context, id }: Request): Promise<Delivery> {
  requireOperator(context, "channel:manage");
  const { database, organization, now } = context;
  const row = await findNotification(database, organization.key, id);
  if (!row) throw new AppError("not_found");
  const { name, kind } = readChannel(await getChannel(context, row.channel_id));
  const event = { action: "channel.retry", organizationKey: organization.key, id: row.channel_id, name, kind } as const;
  await inTransaction(database, async (transaction) => {
    await recordEvent(context, channelEvent(event, "succeeded", { notification: id }), transaction);
    if (!(await retryNotification(transaction, organization.key, id, now().toISOString()))) {
      throw new AppError("bad_request", { reason: "This message has arrived." });
    }
  });
  return toDelivery((await findNotification(database, organization.key, id)) ?? row);
}
