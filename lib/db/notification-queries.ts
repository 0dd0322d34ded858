import type { Kysely } from "kysely";
import type { NotificationRow } from "./notifications";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** Messages of one channel, newest first. */
export async function findDeliveryPage(
  handle: Handle,
  channelId: string,
  { page, size }: { page: number; size: number },
): Promise<{ rows: NotificationRow[]; total: number }> {
  const messages = handle.selectFrom("notifications").where("channel_id", "=", channelId);
  const rows = await messages
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const { count } = await messages.select((row) => row.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return { rows, total: count };
}

/** How many messages of each channel wait. */
export async function countWaiting(handle: Handle, organizationKey: string): Promise<Map<string, number>> {
  const rows = await handle
    .selectFrom("notifications")
    .select((row) => ["channel_id", row.fn.countAll<number>().as("count")])
    .where("organization_key", "=", organizationKey)
    .where("state", "=", "waiting")
    .groupBy("channel_id")
    .execute();
  return new Map(rows.map(({ channel_id, count }) => [channel_id, count]));
}

/** Over all organizations: how many messages stand in each state. */
export function countNotifications(handle: Handle) {
  return handle
    .selectFrom("notifications")
    .select((row) => ["organization_key", "state", row.fn.countAll<number>().as("count")])
    .groupBy(["organization_key", "state"])
    .execute();
}

/** Forgets what was delivered or given up before `before`; answers how many. */
export async function purgeNotifications(handle: Handle, before: string): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom("notifications")
    .where("state", "in", ["delivered", "abandoned"])
    .where("created_at", "<", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
