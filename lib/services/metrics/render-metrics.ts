import { Gauge, Registry } from "prom-client";
import { findAccountsWithExpiry } from "@/lib/db/accounts-with-expiry";
import { loadAllAnnotations } from "@/lib/db/annotations";
import { countByRule } from "@/lib/db/finding-queries";
import { countOperations, findLastUses } from "@/lib/db/metric-queries";
import { listChannels } from "@/lib/db/notification-channels";
import { countNotifications } from "@/lib/db/notification-queries";
import { findOrganizations } from "@/lib/db/organizations";
import { countAllAccounts } from "@/lib/db/service-accounts";
import { rotateBy } from "@/lib/domain/rotate-by";
import { severityOfRank } from "@/lib/domain/severity";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";
import { readChannel } from "@/lib/services/notifications/channel-row";
import { getPolicy } from "@/lib/services/policy/get-policy";
import packageFile from "@/package.json";
import { type MetricName, metrics } from "./metric-names";

type SetValue = (name: MetricName, labels: Record<string, string>, value: number) => void;
type Collecting = AppContext & { organization: ConnectedOrganization; set: SetValue };

/** The state of everything in Prometheus' text format, read from the database at this moment. */
export async function renderMetrics(context: AppContext): Promise<{ contentType: string; text: string }> {
  const registry = new Registry();
  const gauges = new Map(
    Object.entries(metrics).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
  const set: SetValue = (name, labels, value) => gauges.get(name)?.set(labels, value);
  set("keywarden_build_info", { version: packageFile.version, node: process.version }, 1);
  await context.organizations.refresh();
  const organizations = context.organizations.list();
  for (const organization of organizations) await collect({ ...context, organization, set });
  const known = new Set(organizations.map(({ key }) => key));
  for (const { organization_key: organization, state, count } of await countNotifications(context.database)) {
    if (known.has(organization)) set("keywarden_notifications", { organization, state }, count);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

async function collect(context: Collecting): Promise<void> {
  const { database, set, now } = context;
  const organization = context.organization.key;
  const [state] = await findOrganizations(database, [organization]);
  if (state?.synced_at) {
    const age = Math.max(0, now().getTime() - Date.parse(state.synced_at)) / 1_000;
    set("keywarden_sync_age_seconds", { organization }, age);
  }
  set("keywarden_service_accounts", { organization }, await countAllAccounts(database, organization));
  for (const { state: name, count } of await countOperations(database, organization)) {
    set("keywarden_operations", { organization, state: name }, count);
  }
  for (const { rule, severity_rank, open } of await countByRule(database, organization, now().toISOString())) {
    set("keywarden_findings", { organization, rule, severity: severityOfRank(severity_rank) }, open);
  }
  for (const row of await listChannels(database, organization)) {
    const labels = { organization, channel: row.id, name: readChannel(row).name };
    set("keywarden_notification_target_failing", labels, row.failing_since === null ? 0 : 1);
  }
  await collectAccounts(context);
}

async function collectAccounts(context: Collecting): Promise<void> {
  const { database, set } = context;
  const organization = context.organization.key;
  const { policy } = await getPolicy(context);
  const annotations = await loadAllAnnotations(database, organization);
  for (const { id, name, expires_at: expiresAt } of await findAccountsWithExpiry(database, organization)) {
    const labels = { organization, account: String(id), name };
    const leadTimeDays = annotations.get(id)?.leadTimeDays ?? policy.rotation.leadTimeDays;
    const startBy = rotateBy(expiresAt, { leadTimeDays, overlapDays: policy.rotation.overlapDays });
    if (expiresAt) set("keywarden_service_account_expiry_timestamp_seconds", labels, seconds(expiresAt));
    if (startBy) set("keywarden_service_account_start_rotation_timestamp_seconds", labels, seconds(startBy));
  }
  for (const { id, name, last_used_at: lastUsedAt } of await findLastUses(database, organization)) {
    const labels = { organization, account: String(id), name };
    set("keywarden_service_account_last_used_timestamp_seconds", labels, seconds(lastUsedAt));
  }
}

const seconds = (instant: string) => Date.parse(instant) / 1_000;
