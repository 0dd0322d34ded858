import type { Generated } from "kysely";
import type { AnnotationTable, PolicyTable, UsageHistoryTable } from "./credential-life-tables";
import type { CredentialRotationTable, OrganizationCredentialTable } from "./credential-tables";
import type {
  FindingAcceptanceTable,
  FindingRunTable,
  FindingTable,
  PostureDayTable,
  PostureRuleDayTable,
} from "./findings-tables";
import type {
  FeedTable,
  FindingMarkTable,
  NotificationChannelTable,
  NotificationTable,
  WarningMarkTable,
} from "./notification-tables";
import type { RotationCampaignTable, RotationTable } from "./rotation-tables";
import type { OperatorTable, SessionTable } from "./sign-in-tables";

/**
 * One shape for SQLite and PostgreSQL. Instants are ISO 8601 UTC text with milliseconds, so that text order is time
 * order; flags are 0 or 1; JSON is text. Columns named `*_key` hold Keywarden's key of an organization, never Mixpanel's id.
 */
export interface Tables {
  organizations: OrganizationTable;
  projects: ProjectTable;
  service_accounts: ServiceAccountTable;
  memberships: MembershipTable;
  operations: OperationTable;
  idempotency_keys: IdempotencyKeyTable;
  sealed_secrets: SealedSecretTable;
  audit_events: AuditEventTable;
  audit_head: AuditHeadTable;
  operators: OperatorTable;
  sessions: SessionTable;
  leases: LeaseTable;
  key_check: KeyCheckTable;
  inventory_touches: InventoryTouchTable;
  organization_credentials: OrganizationCredentialTable;
  credential_rotations: CredentialRotationTable;
  annotations: AnnotationTable;
  usage_histories: UsageHistoryTable;
  policies: PolicyTable;
  notification_channels: NotificationChannelTable;
  warning_marks: WarningMarkTable;
  notifications: NotificationTable;
  feeds: FeedTable;
  finding_marks: FindingMarkTable;
  findings: FindingTable;
  finding_acceptances: FindingAcceptanceTable;
  finding_runs: FindingRunTable;
  posture_days: PostureDayTable;
  posture_rule_days: PostureRuleDayTable;
  rotations: RotationTable;
  rotation_campaigns: RotationCampaignTable;
}

interface OrganizationTable {
  key: string;
  mixpanel_id: number;
  name: string;
  region: string;
  credential_username: string;
  credential_role: string | null;
  synced_at: string | null;
  sync_attempted_at: string | null;
  sync_running: number;
  sync_projects_done: number;
  sync_projects_total: number;
  sync_problem_code: string | null;
  sync_problem_reason: string | null;
  sync_doubt: string | null;
  /** Before this instant no page view starts a sync. */
  sync_retry_at: string | null;
  /** Counts readings as they begin; integer, default 0. */
  reading_ticket: Generated<number>;
  clock_skew_ms: number | null;
}

interface ProjectTable {
  organization_key: string;
  id: number;
  name: string;
  region: string;
  timezone: string | null;
  member_count: number;
  organization_grant_count: number;
  synced_at: string | null;
  problem: string | null;
}

interface ServiceAccountTable {
  organization_key: string;
  id: number;
  username: string;
  name: string;
  /** Lower-cased username, creator name and e-mail: what a search looks through. */
  search_text: string;
  creator_id: number | null;
  creator_name: string | null;
  creator_email: string | null;
  created_at: string | null;
  expires_at: string | null;
  last_used_at: string | null;
  highest_role: string | null;
  highest_role_rank: number;
  highest_grant: string | null;
  project_count: number;
  /** Known only for accounts created here. */
  organization_role: string | null;
  first_seen_at: string;
  /** What follows from annotation, policy and usage; kept by `deriveLife`. */
  rotate_by: string | null;
  silent_from: string | null;
  owner: string | null;
  /** JSON list, as in `annotations`. */
  tags: string;
  /** Folded owner, purpose, ticket and tags: a search looks through it too. */
  note_text: string;
}

interface MembershipTable {
  organization_key: string;
  project_id: number;
  account_id: number;
  grant_type: string;
  role: string;
  role_rank: number;
  sensitive_access: number | null;
}

interface OperationTable {
  id: string;
  batch_id: string;
  organization_key: string;
  kind: string;
  state: string;
  outcome: string | null;
  actor_id: string;
  actor_name: string;
  account_id: number | null;
  account_name: string;
  project_id: number | null;
  project_name: string | null;
  /** JSON of what was intended, what the inventory said before, and what came of it; never a secret. */
  input: string;
  before_state: string;
  result: string | null;
  error_code: string | null;
  error_reason: string | null;
  upstream_status: number | null;
  upstream_reference: string | null;
  prepared_at: string;
  sent_at: string | null;
  finished_at: string | null;
  /** While it is prepared: when its process last said that it still waits for its turn. */
  alive_at: string | null;
}

interface IdempotencyKeyTable {
  operator_id: string;
  key: string;
  request_hash: string;
  batch_id: string;
  /** JSON: the targets that needed no sending or were refused, so that a repeat answers the same. */
  unsent: string;
  created_at: string;
}

interface SealedSecretTable {
  operation_id: string;
  organization_key: string;
  operator_id: string;
  key_id: string;
  sealed: string;
  created_at: string;
  expires_at: string;
  views: number;
}

interface AuditEventTable {
  sequence: Generated<number>;
  id: string;
  at: string;
  organization_key: string | null;
  actor_id: string;
  actor_name: string;
  actor_role: string;
  address: string | null;
  action: string;
  target_kind: string;
  target_id: string | null;
  target_name: string | null;
  outcome: string;
  operation_id: string | null;
  upstream_reference: string | null;
  detail: string;
  previous_hash: string;
  hash: string;
}

/** One row, locked while an event is appended, so that the chain has one end on every replica. */
interface AuditHeadTable {
  id: number;
  sequence: number;
  hash: string;
}

interface LeaseTable {
  name: string;
  holder: string;
  token: number;
  expires_at: string;
}

/**
 * The ticket of the reading that last wrote a project's members or an account, also of an account that is gone.
 * A reading that began earlier never overwrites it. Primary key: organization_key, kind, target_id.
 */
interface InventoryTouchTable {
  organization_key: string;
  /** `account` or `project`. */
  kind: string;
  target_id: number;
  ticket: number;
}

/** One row, sealed with the key in use: a start with another key is noticed before anything else is opened. */
interface KeyCheckTable {
  id: number;
  key_id: string;
  sealed: string;
  created_at: string;
}
