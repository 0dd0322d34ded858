/** The credential of an organization that was added on the settings page; `sealed` is bound to `credential_id`. */
export interface OrganizationCredentialTable {
  organization_key: string;
  credential_id: string;
  mixpanel_id: number;
  region: string;
  name: string;
  username: string;
  sealed: string;
  key_id: string;
  added_by: string;
  added_at: string;
  replaced_by: string | null;
  replaced_at: string | null;
}

/** One rotation of such a credential; at most one per organization has no `ended_at`. */
export interface CredentialRotationTable {
  id: string;
  organization_key: string;
  step: string;
  role: string;
  /** Of the replacement. */
  expires_at: string;
  predecessor_username: string;
  predecessor_account_id: number | null;
  replacement_credential_id: string;
  replacement_username: string | null;
  replacement_account_id: number | null;
  /** The replacement's secret from issue to switch, bound to `replacement_credential_id`. */
  sealed: string | null;
  key_id: string | null;
  issue_batch_id: string | null;
  delete_batch_id: string | null;
  started_by: string;
  started_at: string;
  switched_at: string | null;
  ended_at: string | null;
  outcome: string | null;
}
