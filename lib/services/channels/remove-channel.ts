import { inTransaction } from "@/lib/db/in-transaction";
import { deleteChannel } from "@/lib/db/notification-channels";
import { AppError } from "@/lib/domain/app-error";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { readChannel } from "@/lib/services/notifications/channel-row";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { channelEvent } from "./channel-event";
import { getChannel } from "./kept-channel";

type Request = { context: OrganizationContext; id: string };

/** Removes a channel with its address, its deliveries and what still waits for it. */
export async function removeChannel({ context, id }: Request): Promise<{ id: string }> {
  requireOperator(context, "channel:manage");
  const row = await getChannel(context, id);
  const { name, kind } = readChannel(row);
  const event = { action: "channel.remove", organizationKey: row.organization_key, id, name, kind } as const;
  try {
    await inTransaction(context.database, async (transaction) => {
      await recordEvent(context, channelEvent(event, "succeeded", { host: row.host }), transaction);
      if (!(await deleteChannel(transaction, row.organization_key, id))) throw new AppError("not_found");
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
  return { id };
}
