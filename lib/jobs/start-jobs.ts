import { Cron } from "croner";
import { purgeSessions } from "@/lib/db/sessions";
import { purgeUsageHistories } from "@/lib/db/usage-histories";
import { epochDay, HISTORY_DAYS } from "@/lib/domain/usage-history";
import { openAuditCopy } from "@/lib/services/audit/copy";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";
import { judgeIfDue } from "@/lib/services/findings/refresh-findings";
import { getSync } from "@/lib/services/inventory/get-sync";
import { planWarnings } from "@/lib/services/notifications/plan-warnings";
import { purgeDelivered } from "@/lib/services/notifications/purge-delivered";
import { sendNotifications } from "@/lib/services/notifications/send-notifications";
import { purgeKeys } from "@/lib/services/operations/purge-keys";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { keepPolicyFile } from "@/lib/services/policy/keep-policy-file";
import { whileUnderWay } from "@/lib/services/process";
import { purgeExpired } from "@/lib/services/secrets/purge-expired";
import { sessionLimits } from "@/lib/services/sessions/session-id";

type Job = { name: string; pattern: string; run: (context: AppContext) => Promise<unknown> };

const forEachOrganization =
  (work: (context: AppContext & { organization: ConnectedOrganization }) => Promise<unknown>) =>
  async (context: AppContext) => {
    await context.organizations.refresh();
    for (const organization of context.organizations.list()) {
      // What one organization's job meets stops no other's.
      await work({ ...context, organization }).catch((error: unknown) =>
        context.logger.error({ err: error, organization: organization.key }, "A job failed for an organization."),
      );
    }
  };

async function keepPolicyAndFindings(context: AppContext & { organization: ConnectedOrganization }) {
  await keepPolicyFile(context);
  await judgeIfDue(context);
}

/** Seconds first. What may run only once over all replicas holds a lease inside its service. */
export const jobs: readonly Job[] = [
  { name: "sync", pattern: "0 * * * * *", run: forEachOrganization(getSync) },
  { name: "findings", pattern: "30 * * * * *", run: forEachOrganization(keepPolicyAndFindings) },
  { name: "reconcile", pattern: "20 * * * * *", run: forEachOrganization(reconcileStale) },
  { name: "purge secrets", pattern: "40 * * * * *", run: purgeExpired },
  {
    name: "purge sessions",
    pattern: "50 7 * * * *",
    run: ({ database, now }) => purgeSessions(database, sessionLimits(now())),
  },
  { name: "warnings", pattern: "10 * * * * *", run: forEachOrganization(planWarnings) },
  { name: "send notifications", pattern: "5-59/10 * * * * *", run: sendNotifications },
  { name: "purge notifications", pattern: "57 7 * * * *", run: purgeDelivered },
  { name: "purge keys", pattern: "55 7 * * * *", run: purgeKeys },
  {
    name: "purge usage histories",
    pattern: "10 37 3 * * *",
    run: ({ database, now }) => purgeUsageHistories(database, epochDay(now()) - HISTORY_DAYS),
  },
];
const AUDIT_COPY_PATTERN = "*/5 * * * * *";

/** Starts what the process does by itself; answers the way to stop it. A job that fails is logged and comes again. */
export async function startJobs(context: AppContext): Promise<{ stop: () => Promise<void> }> {
  const copy = await auditCopyJob(context);
  const crons = [...jobs, ...copy].map(({ name, pattern, run }) => {
    const failed = (error: unknown) => context.logger.error({ err: error, job: name }, "A job failed.");
    return new Cron(pattern, { protect: true, unref: true, catch: failed }, async () => {
      await whileUnderWay(() => run(context));
    });
  });
  forEachOrganization(getSync)(context).catch((error: unknown) =>
    context.logger.error({ err: error }, "The first sync could not begin."),
  );
  return {
    async stop() {
      for (const cron of crons) cron.stop();
      for (const { run } of copy) await run(context);
    },
  };
}

async function auditCopyJob({ environment, database }: AppContext): Promise<Job[]> {
  if (!environment.auditCopy) return [];
  const { copyNew } = await openAuditCopy(database, environment.auditCopy);
  return [{ name: "audit copy", pattern: AUDIT_COPY_PATTERN, run: copyNew }];
}
