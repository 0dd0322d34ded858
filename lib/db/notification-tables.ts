/** Where warnings go. `settings` and `mail` are JSON; address and signing secret stand sealed, bound to `id`. */
export interface NotificationChannelTable {
  id: string;
  organization_key: string;
  kind: string;
  settings: string;
  mail: string | null;
  host: string | null;
  sealed: string | null;
  key_id: string | null;
  version: number;
  failing_since: string | null;
  last_delivered_at: string | null;
  created_by: string;
  created_at: string;
  updated_by: string;
  updated_at: string;
}

/** Thresholds that are done with: told in `notification_id`, or superseded by a more urgent one. Never written twice. */
export interface WarningMarkTable {
  channel_id: string;
  account_id: number;
  expires_at: string;
  deadline: string;
  days: number;
  state: string;
  notification_id: string | null;
  marked_at: string;
}

/** The outbox: each row is one message to one target, sent at least once, always under its own id. */
export interface NotificationTable {
  id: string;
  channel_id: string;
  organization_key: string;
  dedupe_key: string;
  /** JSON of `notificationSchema`. */
  payload: string;
  summary: string;
  kind: string;
  /** Mail address; null where the channel itself says where it goes. */
  recipient: string | null;
  state: string;
  attempts: number;
  /** The fencing token of the last try. */
  attempt_token: number | null;
  next_attempt_at: string | null;
  last_error: string | null;
  created_at: string;
  delivered_at: string | null;
}

/** A private address of one operator for one organization. `role` is the operator's when it was made. */
export interface FeedTable {
  id: string;
  token_hash: string;
  operator_id: string;
  role: string;
  organization_key: string;
  kind: string;
  owner: string | null;
  created_at: string;
  last_read_at: string | null;
}

/** Findings that were told. Never written twice. */
export interface FindingMarkTable {
  channel_id: string;
  account_id: number;
  rule: string;
  since: string;
  marked_at: string;
}
