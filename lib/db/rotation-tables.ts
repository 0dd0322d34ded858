/** One rotation of a service account; at most one per predecessor has no `ended_at`. Rows are never removed. */
export interface RotationTable {
  id: string;
  organization_key: string;
  campaign_id: string | null;
  kind: string;
  step: string;
  predecessor_id: number;
  predecessor_username: string;
  predecessor_expires_at: string | null;
  /** Chosen at the start, so that no two rotations choose the same. */
  replacement_name: string;
  replacement_id: number | null;
  replacement_username: string | null;
  /** JSON: role, expiry, memberships to copy, and what cannot be copied. */
  plan: string;
  issue_batch_id: string | null;
  /** Of deleting a replacement that nobody uses. */
  discard_batch_id: string | null;
  /** Of deleting the predecessor. */
  delete_batch_id: string | null;
  issued_by: string | null;
  issued_at: string | null;
  hand_over_due: string;
  handed_over_by: string | null;
  handed_over_at: string | null;
  /** Uses of the replacement up to here were the console's own trial. */
  own_use_until: string | null;
  proven_at: string | null;
  proven_how: string | null;
  /** When the replacement was last seen in use by others, and the predecessor after the hand-over. */
  replacement_used_at: string | null;
  predecessor_used_at: string | null;
  overlap_until: string | null;
  quarantined_at: string | null;
  /** JSON: the memberships that quarantine takes away, to give them back. */
  removed_memberships: string | null;
  restored_at: string | null;
  /** JSON: what the deletion rests on. */
  evidence: string | null;
  started_by: string;
  started_at: string;
  ended_by: string | null;
  ended_at: string | null;
  outcome: string | null;
}

/** Many rotations with one purpose and one date. */
export interface RotationCampaignTable {
  id: string;
  organization_key: string;
  name: string;
  /** How its members were chosen, in words. */
  chosen_by: string;
  due_at: string;
  /** JSON: id and name of each account; a list that is never changed. */
  members: string;
  started_by: string;
  started_at: string;
  ended_by: string | null;
  ended_at: string | null;
}
