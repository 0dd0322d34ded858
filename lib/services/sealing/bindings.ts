import type { SealBinding } from "./seal";

/** The secret that create answered, kept for its operator. */
export function createdSecretBinding(organizationKey: string, operationId: string): SealBinding {
  return { organizationKey, rowId: operationId, purpose: "created_secret" };
}

/** The provider's refresh token of a session; operators belong to no organization. */
export function refreshTokenBinding(sessionIdHash: string): SealBinding {
  return { organizationKey: null, rowId: sessionIdHash, purpose: "refresh_token" };
}

/** The secret that the console signs in to Mixpanel with, or is about to. */
export function organizationCredentialBinding(organizationKey: string, credentialId: string): SealBinding {
  return { organizationKey, rowId: credentialId, purpose: "organization_credential" };
}

/** Address and signing secret of a channel that warnings go to. */
export function notificationChannelBinding(organizationKey: string, channelId: string): SealBinding {
  return { organizationKey, rowId: channelId, purpose: "notification_channel" };
}

export const keyCheckBinding: SealBinding = { organizationKey: null, rowId: "1", purpose: "key_check" };
