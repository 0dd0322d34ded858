export interface OperatorTable {
  id: string;
  issuer: string;
  subject: string;
  name: string;
  email: string | null;
  role: string;
  last_sign_in_at: string;
  /** JSON: where the walkthrough stands. */
  tour: string;
}

export interface SessionTable {
  /** SHA-256 of the identifier in the cookie: the table alone opens nothing. */
  id_hash: string;
  operator_id: string;
  role: string;
  created_at: string;
  seen_at: string;
  authenticated_at: string;
  groups_checked_at: string;
  sealed_refresh_token: string | null;
  ended_at: string | null;
  ended_reason: string | null;
  address: string | null;
}
