import { findUntoldFindings, insertFindingMarks, type UntoldFinding } from "@/lib/db/finding-marks";
import { inTransaction } from "@/lib/db/in-transaction";
import { insertNotifications } from "@/lib/db/notifications";
import { type AnnotationView, emptyAnnotation } from "@/lib/domain/annotation";
import { lastLocalHour } from "@/lib/domain/local-hour";
import { FINDINGS_PER_NOTIFICATION, notificationSchema } from "@/lib/domain/notification";
import { severityOfRank } from "@/lib/domain/severity";
import type { AppContext } from "@/lib/services/context";
import { groupBy } from "@/lib/services/inventory/group-by";
import type { StoredChannel } from "./channel-row";
import { isFor } from "./due-warnings";
import type { JobLease } from "./job-lease";
import { summaryOf } from "./summary";
import { dedupeKeyOf, recipientsOf } from "./warning-messages";

type Planning = {
  context: AppContext;
  lease: JobLease;
  organization: { key: string; name: string };
  annotations: ReadonlyMap<number, AnnotationView>;
  now: Date;
};

/**
 * Tells findings that came up since the channel was made, each once, at the channel's next hour after it came up: one
 * message per reader. Those of expiries are left to the warnings. Answers how many messages that made.
 */
export async function planFindings(planning: Planning, channel: StoredChannel): Promise<number> {
  if (!channel.findings) return 0;
  const { context, lease, organization, annotations, now } = planning;
  const rows = await findUntoldFindings(context.database, {
    organizationKey: organization.key,
    channelId: channel.id,
    after: channel.createdAt,
    at: now.toISOString(),
  });
  const annotationOf = ({ account_id }: UntoldFinding) => annotations.get(account_id) ?? emptyAnnotation;
  const due = rows.filter((row) => {
    const annotation = annotationOf(row);
    if (!channel.severities.includes(severityOfRank(row.severity_rank)) || !isFor(channel, annotation)) return false;
    const struck = lastLocalHour(now.getTime(), channel.hour, annotation.timeZone ?? channel.timeZone);
    return struck >= Date.parse(row.since);
  });
  if (due.length === 0) return 0;
  const addressed = due.flatMap((row) =>
    recipientsOf(channel, annotationOf(row)).map((to) => ({ row, ...to, key: `${to.because} ${to.recipient ?? ""}` })),
  );
  const at = context.now().toISOString();
  const messages = [...groupBy(addressed, ({ key }) => key).values()].map((group) => {
    const found = group.map(({ row }) => row);
    const payload = notificationSchema.parse({
      kind: "findings",
      organization,
      because: group[0]?.because,
      channelName: channel.name,
      total: found.length,
      findings: found.slice(0, FINDINGS_PER_NOTIFICATION).map((row) => ({
        ...{ accountId: row.account_id, name: row.name, username: row.username, rule: row.rule },
        ...{ severity: severityOfRank(row.severity_rank), sentence: row.sentence, fix: row.fix, since: row.since },
        owner: annotationOf(row).owner,
      })),
    });
    const recipient = group[0]?.recipient ?? null;
    const keys = found.map(({ account_id, rule, since }) => `${account_id} ${rule} ${since}`);
    return {
      id: context.newId(),
      channel_id: channel.id,
      organization_key: organization.key,
      dedupe_key: dedupeKeyOf("findings", channel.id, recipient, keys),
      payload: JSON.stringify(payload),
      summary: summaryOf(payload),
      kind: payload.kind,
      recipient,
      created_at: at,
    };
  });
  await inTransaction(context.database, async (transaction) => {
    await lease.hold(transaction);
    await insertFindingMarks(
      transaction,
      due.map(({ account_id, rule, since }) => ({ channel_id: channel.id, account_id, rule, since, marked_at: at })),
    );
    await insertNotifications(transaction, messages);
  });
  return messages.length;
}
