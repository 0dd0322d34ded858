import { inTransaction } from "@/lib/db/in-transaction";
import {
  type ChannelRow,
  findChannelsWithDue,
  noteChannelFails,
  noteChannelWorks,
} from "@/lib/db/notification-channels";
import {
  claimNotification,
  listDueNotifications,
  markDelivered,
  markFailed,
  type NotificationRow,
  postponeNotifications,
} from "@/lib/db/notifications";
import { notificationSchema } from "@/lib/domain/notification";
import { openTarget } from "@/lib/services/channels/sealed-target";
import type { AppContext } from "@/lib/services/context";
import { deliver, type Target } from "@/lib/services/delivery/deliver";
import type { DeliveryResult } from "@/lib/services/delivery/delivery-result";
import { isStopping } from "@/lib/services/process";
import { ATTEMPTS_MAX, LONGEST_WAIT_MS, waitAfter } from "./backoff";
import { readChannel } from "./channel-row";
import { type JobLease, withJobLease } from "./job-lease";

const MESSAGES_PER_RUN = 50;
type Sending = { context: AppContext; lease: JobLease; channel: ChannelRow; target: Target | null };

/**
 * Sends what is due in the outbox; each message at least once and always under its own id. Targets are served side by
 * side, so that a slow one holds up nobody else. Answers how many arrived.
 */
export async function sendNotifications(context: AppContext): Promise<number> {
  const sent = await withJobLease(context, "notifications", async (lease) => {
    const channels = await findChannelsWithDue(context.database, dueAt(context));
    const counts = await Promise.all(channels.map((channel) => serve(context, lease, channel)));
    return counts.reduce((sum, count) => sum + count, 0);
  });
  return sent ?? 0;
}

const dueAt = ({ now }: AppContext) => ({
  now: now().toISOString(),
  farthest: new Date(now().getTime() + 2 * LONGEST_WAIT_MS).toISOString(),
});

/** One channel's messages one after the other; when its target fails, the rest of them waits as well. */
async function serve(context: AppContext, lease: JobLease, channel: ChannelRow): Promise<number> {
  if (!readChannel(channel).enabled) return 0;
  const sending: Sending = { context, lease, channel, target: await openTarget(context, channel) };
  const due = await listDueNotifications(context.database, channel.id, { ...dueAt(context), limit: MESSAGES_PER_RUN });
  let arrived = 0;
  for (const row of due) {
    if (isStopping()) break;
    await lease.keep();
    const result = await tryOnce(sending, row);
    if (result?.delivered) arrived += 1;
    else if (result?.scope === "target") break;
  }
  return arrived;
}

/** Null when somebody else was faster. */
async function tryOnce(sending: Sending, row: NotificationRow): Promise<DeliveryResult | null> {
  const { context, lease, channel, target } = sending;
  const { database, now } = context;
  const nextAttemptAt = new Date(now().getTime() + waitAfter(row.attempts + 1)).toISOString();
  const claimed = await inTransaction(database, async (transaction) => {
    await lease.hold(transaction);
    return claimNotification(transaction, row, { token: lease.token, nextAttemptAt });
  });
  if (!claimed) return null;
  const result = await deliver(context, {
    id: row.id,
    kind: readChannel(channel).kind,
    target,
    recipient: row.recipient,
    notification: notificationSchema.parse(JSON.parse(row.payload)),
    createdAt: row.created_at,
  });
  await noteResult(sending, { ...row, attempts: row.attempts + 1 }, result, nextAttemptAt);
  return result;
}

async function noteResult(
  { context: { database, now, logger }, channel }: Sending,
  row: NotificationRow,
  result: DeliveryResult,
  nextAttemptAt: string,
): Promise<void> {
  const at = now().toISOString();
  await inTransaction(database, async (transaction) => {
    if (result.delivered) {
      await markDelivered(transaction, row.id, at);
      await noteChannelWorks(transaction, channel.id, at);
      return;
    }
    await markFailed(transaction, row, { error: result.reason, abandon: row.attempts >= ATTEMPTS_MAX });
    if (result.scope === "message") return;
    await noteChannelFails(transaction, channel.id, at);
    await postponeNotifications(transaction, channel.id, nextAttemptAt);
  });
  if (!result.delivered) {
    const about = { notification: row.id, channel: channel.id, organization: channel.organization_key };
    logger.warn({ ...about, attempts: row.attempts, reason: result.reason }, "A message was not delivered");
  }
}
