import type { WritableRole } from "@/lib/domain/role";

export type Purpose = "pipeline" | "ci" | "dashboard" | "reverse-etl" | "vendor" | "experiment";

export type Profile = {
  purpose: Purpose;
  expires: "never" | "expired" | "this week" | "this month" | "this quarter" | "later";
  used: "never" | "a minute ago" | "yesterday" | "this week" | "this month" | "long ago";
  projects: "none" | "one" | "few" | "many" | "every";
  role: WritableRole;
};

/** The accounts an organization collects over the years; the seed goes through the list again and again. */
export const profiles: readonly [Profile, ...Profile[]] = [
  { purpose: "pipeline", expires: "never", used: "a minute ago", projects: "every", role: "admin" },
  { purpose: "ci", expires: "this quarter", used: "yesterday", projects: "few", role: "analyst" },
  { purpose: "vendor", expires: "this week", used: "this week", projects: "one", role: "consumer" },
  { purpose: "experiment", expires: "never", used: "never", projects: "none", role: "consumer" },
  { purpose: "dashboard", expires: "never", used: "yesterday", projects: "few", role: "consumer" },
  { purpose: "vendor", expires: "expired", used: "this month", projects: "one", role: "analyst" },
  { purpose: "reverse-etl", expires: "later", used: "a minute ago", projects: "one", role: "analyst" },
  { purpose: "pipeline", expires: "this month", used: "yesterday", projects: "many", role: "analyst" },
  { purpose: "dashboard", expires: "never", used: "long ago", projects: "few", role: "analyst" },
  { purpose: "ci", expires: "never", used: "a minute ago", projects: "few", role: "admin" },
  { purpose: "experiment", expires: "never", used: "long ago", projects: "none", role: "consumer" },
  { purpose: "reverse-etl", expires: "this quarter", used: "this week", projects: "few", role: "analyst" },
  { purpose: "experiment", expires: "expired", used: "never", projects: "one", role: "owner" },
  { purpose: "pipeline", expires: "later", used: "this month", projects: "few", role: "analyst" },
  { purpose: "vendor", expires: "this month", used: "never", projects: "one", role: "consumer" },
  { purpose: "dashboard", expires: "this week", used: "yesterday", projects: "many", role: "consumer" },
];

type Names = readonly [string, ...string[]];

export const accountNames: Record<Purpose, { first: Names; second: Names }> = {
  pipeline: {
    first: ["airflow", "dbt", "snowflake-export", "bigquery-load", "kafka-ingest", "fivetran", "spark-sessions"],
    second: ["events", "orders", "billing", "nightly", "profiles", "backfill", "prod"],
  },
  ci: {
    first: ["github-actions", "gitlab-runner", "jenkins", "schema-check", "tracking-plan-ci"],
    second: ["web", "ios", "android", "checkout", "release", "smoke"],
  },
  dashboard: {
    first: ["looker", "grafana", "metabase", "tableau", "office-screen", "weekly-report"],
    second: ["growth", "finance", "support", "leadership", "retention", "berlin"],
  },
  "reverse-etl": {
    first: ["hightouch", "census", "cohort-sync", "braze-sync", "salesforce-sync"],
    second: ["marketing", "sales", "lifecycle", "accounts", "churn"],
  },
  vendor: {
    first: ["agency", "consultant", "pentest", "ab-partner", "localization"],
    second: ["north", "spring-campaign", "audit", "trial", "readonly", "2025"],
  },
  experiment: {
    first: ["test", "tmp", "hackday", "poc", "do-not-delete", "old-script"],
    second: ["jan", "notebook", "funnels", "llm", "copy", "new"],
  },
};
