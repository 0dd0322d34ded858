import type { Kysely, Selectable } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type NotificationRow = Selectable<Tables["notifications"]>;
type NewNotification = Pick<
  NotificationRow,
  "id" | "channel_id" | "organization_key" | "dedupe_key" | "payload" | "summary" | "kind" | "recipient" | "created_at"
>;

/** A next try further away than `farthest` was set by a clock that has been put back since, and counts as due. */
export type DueAt = { now: string; farthest: string };

/** Puts messages into the outbox, to be sent from now on. */
export async function insertNotifications(handle: Handle, rows: readonly NewNotification[]): Promise<void> {
  for (const row of rows) {
    const state = { state: "waiting", attempts: 0, attempt_token: null, last_error: null, delivered_at: null };
    await handle
      .insertInto("notifications")
      .values({ ...row, ...state, next_attempt_at: row.created_at })
      .execute();
  }
}

/** Of one channel, what is to be tried now, the longest due first. */
export function listDueNotifications(
  handle: Handle,
  channelId: string,
  { now, farthest, limit }: DueAt & { limit: number },
): Promise<NotificationRow[]> {
  return handle
    .selectFrom("notifications")
    .selectAll()
    .where("channel_id", "=", channelId)
    .where("state", "=", "waiting")
    .where(({ eb, or }) => or([eb("next_attempt_at", "<=", now), eb("next_attempt_at", ">", farthest)]))
    .orderBy("next_attempt_at")
    .orderBy("id")
    .limit(limit)
    .execute();
}

export function findNotification(handle: Handle, organizationKey: string, id: string) {
  return handle
    .selectFrom("notifications")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Counts a try before it begins; false when it is no longer waiting, or another has tried since it was read. */
export async function claimNotification(
  handle: Handle,
  { id, attempts }: Pick<NotificationRow, "id" | "attempts">,
  { token, nextAttemptAt }: { token: number; nextAttemptAt: string },
): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("notifications")
    .set({ attempts: attempts + 1, attempt_token: token, next_attempt_at: nextAttemptAt })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .where("attempts", "=", attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** What arrived has arrived, whoever holds the lease by now. */
export async function markDelivered(handle: Handle, id: string, at: string): Promise<void> {
  await handle
    .updateTable("notifications")
    .set({ state: "delivered", delivered_at: at, next_attempt_at: null, last_error: null })
    .where("id", "=", id)
    .execute();
}

/** Notes why a try failed, unless a later one has begun. */
export async function markFailed(
  handle: Handle,
  { id, attempts }: Pick<NotificationRow, "id" | "attempts">,
  { error, abandon }: { error: string; abandon: boolean },
): Promise<void> {
  await handle
    .updateTable("notifications")
    .set({ last_error: error, ...(abandon && { state: "abandoned", next_attempt_at: null }) })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .where("attempts", "=", attempts)
    .execute();
}

/** Lets everything that waits for the same target wait as long as the try that has just failed. */
export async function postponeNotifications(handle: Handle, channelId: string, until: string): Promise<void> {
  await handle
    .updateTable("notifications")
    .set({ next_attempt_at: until })
    .where("channel_id", "=", channelId)
    .where("state", "=", "waiting")
    .where("next_attempt_at", "<", until)
    .execute();
}

/** Makes it due at once, also after it was abandoned; false when there is no such message to be sent. */
export async function retryNotification(handle: Handle, organizationKey: string, id: string, now: string) {
  const { numUpdatedRows } = await handle
    .updateTable("notifications")
    .set({ state: "waiting", next_attempt_at: now })
    .where("organization_key", "=", organizationKey)
    .where("id", "=", id)
    .where("state", "in", ["waiting", "abandoned"])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
