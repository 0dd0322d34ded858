/** What Keywarden keeps of an account beside Mixpanel. It outlives the account, so that the record stays readable. */
export interface AnnotationTable {
  organization_key: string;
  account_id: number;
  owner: string | null;
  owner_kind: string;
  contact: string | null;
  purpose: string | null;
  ticket: string | null;
  /** JSON list of small letters, sorted. */
  tags: string;
  lead_time_days: number | null;
  time_zone: string | null;
  role_reason: string | null;
  never_reason: string | null;
  notes: string | null;
  updated_by: string;
  updated_at: string;
}

/** One row per account that was ever seen used; `days` in the form of `encodeDays`. */
export interface UsageHistoryTable {
  organization_key: string;
  account_id: number;
  since_day: number;
  last_day: number;
  days: string;
}

/** An organization's policy as JSON; without a row the defaults count. `version` grows with each change. */
export interface PolicyTable {
  organization_key: string;
  policy: string;
  version: number;
  updated_by: string;
  updated_at: string;
}
