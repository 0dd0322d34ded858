/** What departs from the policy now. A row goes when it is resolved; `since` stays while it is not. */
export interface FindingTable {
  organization_key: string;
  account_id: number;
  rule: string;
  /** 2 critical, 1 warning, 0 notice: sorts as it weighs. */
  severity_rank: number;
  sentence: string;
  fix: string;
  since: string;
}

/** Findings that somebody answers for until a day. It counts only for findings that weigh no more than when accepted. */
export interface FindingAcceptanceTable {
  organization_key: string;
  account_id: number;
  rule: string;
  severity_rank: number;
  reason: string;
  accepted_by: string;
  accepted_by_name: string;
  accepted_at: string;
  until: string;
}

/**
 * When an organization was last judged whole. Whatever changes what findings follow from raises `wanted`; `judged` is the
 * number that the last judging had seen, so that a change during one leads to another.
 */
export interface FindingRunTable {
  organization_key: string;
  wanted: number;
  judged: number;
  judged_at: string | null;
  /** Of the policy that was judged by. */
  policy_hash: string | null;
}

/** How an organization stood at the end of a UTC day, or stands today. */
export interface PostureDayTable {
  organization_key: string;
  day: string;
  score: number;
  accounts: number;
  /** Accounts without a finding that nobody accepted. */
  clean: number;
  critical: number;
  warning: number;
  notice: number;
  accepted: number;
}

export interface PostureRuleDayTable {
  organization_key: string;
  day: string;
  rule: string;
  open: number;
  accepted: number;
}
