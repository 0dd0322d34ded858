/** What a link can open above an account's page. */
export const accountDialogs = ["rotate", "leak", "assign", "delete", "annotate"] as const;
export type AccountDialog = (typeof accountDialogs)[number];

/** Addresses of pages and of our own API. Organization keys and ids are encoded here and nowhere else. */
const organization = (key: string) => `/organizations/${encodeURIComponent(key)}`;

export const pages = {
  signIn: "/sign-in",
  noRole: "/no-role",
  settings: "/settings",
  organizations: "/organizations",
  overview: organization,
  serviceAccounts: (key: string, query = "") => `${organization(key)}/service-accounts${query && `?${query}`}`,
  createServiceAccount: (key: string) => `${organization(key)}/service-accounts/new`,
  serviceAccount: (key: string, accountId: number, open?: AccountDialog) =>
    `${organization(key)}/service-accounts/${accountId}${open ? `?open=${open}` : ""}`,
  projects: (key: string) => `${organization(key)}/projects`,
  project: (key: string, projectId: number) => `${organization(key)}/projects/${projectId}`,
  access: (key: string, query = "") => `${organization(key)}/access${query && `?${query}`}`,
  findings: (key: string, query = "") => `${organization(key)}/findings${query && `?${query}`}`,
  policy: (key: string) => `${organization(key)}/policy`,
  unfinished: (key: string) => `${organization(key)}/unfinished`,
  notifications: (key: string) => `${organization(key)}/notifications`,
  rotations: (key: string) => `${organization(key)}/rotations`,
  rotation: (key: string, rotationId: string) => `${organization(key)}/rotations/${encodeURIComponent(rotationId)}`,
  campaign: (key: string, campaignId: string) =>
    `${organization(key)}/rotations/campaigns/${encodeURIComponent(campaignId)}`,
  auditLog: (key: string, query = "") => `${organization(key)}/audit-log${query && `?${query}`}`,
} as const;

const organizationApi = (key: string) => `/api${organization(key)}`;
const operationApi = (key: string, operationId: string) =>
  `${organizationApi(key)}/operations/${encodeURIComponent(operationId)}`;
const channelApi = (key: string, channelId: string) =>
  `${organizationApi(key)}/channels/${encodeURIComponent(channelId)}`;
const rotationApi = (key: string, rotationId: string) =>
  `${organizationApi(key)}/rotations/${encodeURIComponent(rotationId)}`;
const campaignApi = (key: string, campaignId: string) =>
  `${organizationApi(key)}/rotation-campaigns/${encodeURIComponent(campaignId)}`;

export const api = {
  organizations: "/api/organizations",
  organizationPreview: "/api/organizations/preview",
  organizationRemoval: (key: string) => `${organizationApi(key)}/removal`,
  credential: (key: string) => `${organizationApi(key)}/credential`,
  credentialRotation: (key: string) => `${organizationApi(key)}/credential/rotation`,
  cancelCredentialRotation: (key: string) => `${organizationApi(key)}/credential/rotation/cancel`,
  operator: "/api/operator",
  tour: "/api/operator/tour",
  ownSessions: "/api/operator/sessions",
  operators: "/api/operators",
  endSessions: (operatorId: string) => `/api/operators/${encodeURIComponent(operatorId)}/end-sessions`,
  overview: (key: string) => `${organizationApi(key)}/overview`,
  serviceAccounts: (key: string) => `${organizationApi(key)}/service-accounts`,
  serviceAccountsExport: (key: string) => `${organizationApi(key)}/service-accounts/export`,
  serviceAccountSelection: (key: string) => `${organizationApi(key)}/service-accounts/selection`,
  serviceAccount: (key: string, accountId: number) => `${organizationApi(key)}/service-accounts/${accountId}`,
  annotation: (key: string, accountId: number) => `${organizationApi(key)}/service-accounts/${accountId}/annotation`,
  annotations: (key: string) => `${organizationApi(key)}/annotations`,
  annotationsExport: (key: string) => `${organizationApi(key)}/annotations/export`,
  annotationsPreview: (key: string) => `${organizationApi(key)}/annotations/preview`,
  annotationsImport: (key: string) => `${organizationApi(key)}/annotations/import`,
  deletions: (key: string) => `${organizationApi(key)}/deletions`,
  memberships: (key: string) => `${organizationApi(key)}/memberships`,
  membershipRemovals: (key: string) => `${organizationApi(key)}/membership-removals`,
  projects: (key: string) => `${organizationApi(key)}/projects`,
  project: (key: string, projectId: number) => `${organizationApi(key)}/projects/${projectId}`,
  access: (key: string) => `${organizationApi(key)}/access`,
  sync: (key: string) => `${organizationApi(key)}/sync`,
  operations: (key: string) => `${organizationApi(key)}/operations`,
  operation: operationApi,
  reconcile: (key: string, operationId: string) => `${operationApi(key, operationId)}/reconcile`,
  secret: (key: string, operationId: string) => `${operationApi(key, operationId)}/secret`,
  trySecret: (key: string, operationId: string) => `${operationApi(key, operationId)}/try`,
  confirmSecret: (key: string, operationId: string) => `${operationApi(key, operationId)}/confirm`,
  channels: (key: string) => `${organizationApi(key)}/channels`,
  channel: channelApi,
  channelRemoval: (key: string, channelId: string) => `${channelApi(key, channelId)}/removal`,
  channelTest: (key: string, channelId: string) => `${channelApi(key, channelId)}/test`,
  deliveries: (key: string, channelId: string) => `${channelApi(key, channelId)}/deliveries`,
  deliveryRetry: (key: string, deliveryId: string) =>
    `${organizationApi(key)}/deliveries/${encodeURIComponent(deliveryId)}/retry`,
  findings: (key: string) => `${organizationApi(key)}/findings`,
  findingsExport: (key: string) => `${organizationApi(key)}/findings/export`,
  findingAcceptances: (key: string) => `${organizationApi(key)}/finding-acceptances`,
  acceptanceWithdrawals: (key: string) => `${organizationApi(key)}/finding-acceptances/withdrawals`,
  posture: (key: string) => `${organizationApi(key)}/posture`,
  policy: (key: string) => `${organizationApi(key)}/policy`,
  policyDryRun: (key: string) => `${organizationApi(key)}/policy/dry-run`,
  rotations: (key: string) => `${organizationApi(key)}/rotations`,
  rotationPreview: (key: string, accountId: number) => `${organizationApi(key)}/service-accounts/${accountId}/rotation`,
  rotation: rotationApi,
  /** `step` is the last part of the route. */
  rotationStep: (key: string, rotationId: string, step: string) => `${rotationApi(key, rotationId)}/${step}`,
  breakGlass: (key: string) => `${organizationApi(key)}/rotations/break-glass`,
  campaigns: (key: string) => `${organizationApi(key)}/rotation-campaigns`,
  campaign: campaignApi,
  closeCampaign: (key: string, campaignId: string) => `${campaignApi(key, campaignId)}/close`,
  feeds: "/api/operator/feeds",
  feedRevocation: (feedId: string) => `/api/operator/feeds/${encodeURIComponent(feedId)}/revocation`,
  calendarFeed: (token: string) => `/api/feeds/${token}/calendar`,
  changesFeed: (token: string) => `/api/feeds/${token}/changes`,
  ready: "/api/health/ready",
  auditVerification: "/api/audit-verification",
  auditEvents: (key: string) => `${organizationApi(key)}/audit-events`,
  auditExport: (key: string) => `${organizationApi(key)}/audit-events/export`,
} as const;

/** next-auth's own addresses. `fresh` makes the identity provider ask for the sign-in again. */
export const signInApi = {
  csrf: "/api/auth/csrf",
  start: (fresh: boolean) => `/api/auth/signin/oidc${fresh ? "?prompt=login&max_age=0" : ""}`,
  signOut: "/api/auth/signout",
} as const;
