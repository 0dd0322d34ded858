/** Every metric with its labels and what it says; docs/monitoring is held to this list. */
export const metrics = {
  keywarden_service_account_expiry_timestamp_seconds: {
    help: "When a service account expires; absent where it never does.",
    labels: ["organization", "account", "name"],
  },
  keywarden_service_account_start_rotation_timestamp_seconds: {
    help: "By when its rotation has to start: expiry less its owner's lead time and the overlap.",
    labels: ["organization", "account", "name"],
  },
  keywarden_service_account_last_used_timestamp_seconds: {
    help: "When a service account was last used; absent where it never was.",
    labels: ["organization", "account", "name"],
  },
  keywarden_service_accounts: { help: "Service accounts in the inventory.", labels: ["organization"] },
  keywarden_findings: {
    help: "Departures from the policy that nobody has accepted.",
    labels: ["organization", "rule", "severity"],
  },
  keywarden_sync_age_seconds: { help: "Age of the inventory; absent before the first sync.", labels: ["organization"] },
  keywarden_operations: { help: "Changes at Mixpanel by state.", labels: ["organization", "state"] },
  keywarden_notifications: {
    help: "Messages in the outbox by state; delivered ones are kept for 90 days.",
    labels: ["organization", "state"],
  },
  keywarden_notification_target_failing: {
    help: "1 while nothing arrives at a channel's target, else 0.",
    labels: ["organization", "channel", "name"],
  },
  keywarden_build_info: { help: "Always 1, with the version that runs.", labels: ["version", "node"] },
} as const satisfies Record<string, { help: string; labels: readonly string[] }>;
export type MetricName = keyof typeof metrics;
