import type { Insertable } from "kysely";
import { findAccountsWithExpiry } from "@/lib/db/accounts-with-expiry";
import { loadAllAnnotations } from "@/lib/db/annotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { listChannels } from "@/lib/db/notification-channels";
import { insertNotifications } from "@/lib/db/notifications";
import { findOrganizations } from "@/lib/db/organizations";
import { listOpenRotations } from "@/lib/db/rotations";
import { findMembershipsWithProjects } from "@/lib/db/service-accounts";
import type { Tables } from "@/lib/db/tables";
import { insertMarks } from "@/lib/db/warning-marks";
import { notificationSchema } from "@/lib/domain/notification";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";
import { groupBy } from "@/lib/services/inventory/group-by";
import { upstreamNow } from "@/lib/services/inventory/sync-view";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { readChannel, type StoredChannel } from "./channel-row";
import { type Due, findDueWarnings } from "./due-warnings";
import { type JobLease, withJobLease } from "./job-lease";
import { planFindings } from "./plan-findings";
import { summaryOf } from "./summary";
import { groupMessages, type Told, toWarning } from "./warning-messages";

type PlanContext = AppContext & { organization: ConnectedOrganization };

/**
 * Puts every warning of this organization that is due into the outbox, and notes its threshold as done in the same commit.
 * Answers how many messages that made; what was missed while nothing ran is caught up by the first call after it.
 */
export async function planWarnings(context: PlanContext): Promise<number> {
  const { database, organization } = context;
  const channels = (await listChannels(database, organization.key)).map(readChannel).filter(({ enabled }) => enabled);
  if (channels.length === 0) return 0;
  const planned = await withJobLease(context, `warnings:${organization.key}`, async (lease) => {
    const [state] = await findOrganizations(database, [organization.key]);
    const now = upstreamNow(context.now(), state?.clock_skew_ms ?? null);
    const { policy } = await getPolicy(context);
    const annotations = await loadAllAnnotations(database, organization.key);
    const accounts = await findAccountsWithExpiry(database, organization.key);
    const rotations = await listOpenRotations(database, organization.key);
    const rotating = new Set(rotations.map(({ predecessorId }) => predecessorId));
    let messages = 0;
    for (const channel of channels) {
      await lease.keep();
      const due = await findDueWarnings(database, channel, { accounts, annotations, policy, rotating }, now);
      if (due.length > 0) messages += await writeDown(context, lease, channel, due);
      const named = { key: organization.key, name: state?.name ?? organization.name };
      messages += await planFindings({ context, lease, organization: named, annotations, now }, channel);
    }
    return messages;
  });
  return planned ?? 0;
}

async function writeDown(
  context: PlanContext,
  lease: JobLease,
  channel: StoredChannel,
  due: readonly Due[],
): Promise<number> {
  const { database, organization } = context;
  const told = due.flatMap((each): Told[] => (each.tell === null ? [] : [{ ...each, tell: each.tell }]));
  const ids = told.map(({ account }) => account.id);
  const memberships = groupBy(
    await findMembershipsWithProjects(database, organization.key, ids),
    ({ account_id }) => account_id,
  );
  const [state] = await findOrganizations(database, [organization.key]);
  const at = context.now().toISOString();
  const messages = groupMessages(channel, told).map(({ recipient, because, dedupeKey, told: within }) => {
    const payload = notificationSchema.parse({
      kind: "warnings",
      organization: { key: organization.key, name: state?.name ?? organization.name },
      because,
      channelName: channel.name,
      warnings: within.map((each) => toWarning(each, memberships.get(each.account.id) ?? [])),
    });
    const row = {
      id: context.newId(),
      channel_id: channel.id,
      organization_key: organization.key,
      dedupe_key: dedupeKey,
      payload: JSON.stringify(payload),
      summary: summaryOf(payload),
      kind: payload.kind,
      recipient,
      created_at: at,
    };
    return { row, accountIds: within.map(({ account }) => account.id) };
  });
  const messageOf = new Map(messages.flatMap(({ row, accountIds }) => accountIds.map((id) => [id, row.id])));
  await inTransaction(database, async (transaction) => {
    await lease.hold(transaction);
    await insertMarks(transaction, marksOf(channel, due, messageOf, at));
    await insertNotifications(
      transaction,
      messages.map(({ row }) => row),
    );
  });
  return messages.length;
}

type MarkRow = Insertable<Tables["warning_marks"]>;

function marksOf(
  { id: channel_id }: StoredChannel,
  due: readonly Due[],
  messageOf: ReadonlyMap<number, string>,
  marked_at: string,
): MarkRow[] {
  return due.flatMap(({ account, facts, tell, superseded }) => {
    const common = { channel_id, account_id: account.id, expires_at: facts.expiresAt, marked_at };
    const notification_id = messageOf.get(account.id) ?? null;
    return [
      ...(tell === null ? [] : [{ ...common, ...tell, state: "told", notification_id }]),
      ...superseded.map((threshold) => ({ ...common, ...threshold, state: "superseded", notification_id: null })),
    ];
  });
}
