import type { StoredAccount, StoredMembership } from "@/lib/db/inventory-rows";
import { storableText } from "@/lib/db/storable-text";
import type { Membership } from "@/lib/domain/membership";
import { roleRank } from "@/lib/domain/role";
import { type ServiceAccount, splitUsername } from "@/lib/domain/service-account";
import { deriveAccountColumns } from "./derive";

/** PostgreSQL indexes at most some 2,700 bytes; no real username or creator comes near. */
const TEXT_MAX = 600;
const clip = (text: string) => storableText(text.slice(0, TEXT_MAX));
const clipped = (text: string | null) => (text === null ? null : clip(text));

/** What a search compares: the same folding for what is stored and for what is typed. */
export function foldForSearch(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Until `deriveLife` writes what is known. */
const noLife = { rotate_by: null, silent_from: null, owner: null, tags: "[]", note_text: "" };

/** An account seen for the first time, without memberships. */
export function toStoredAccount(organizationKey: string, account: ServiceAccount, seenAt: string): StoredAccount {
  const username = clip(account.username);
  const creatorName = clipped(account.creatorName);
  const creatorEmail = clipped(account.creatorEmail);
  return {
    organization_key: organizationKey,
    id: account.id,
    username,
    name: splitUsername(username).name,
    search_text: foldForSearch([username, creatorName ?? "", creatorEmail ?? ""].join("\n")),
    creator_id: account.creatorId,
    creator_name: creatorName,
    creator_email: creatorEmail,
    created_at: account.createdAt,
    expires_at: account.expiresAt,
    last_used_at: account.lastUsedAt,
    ...deriveAccountColumns([]),
    organization_role: null,
    first_seen_at: seenAt,
    ...noLife,
  };
}

/** Memberships as rows, each grant and role once. */
export function toStoredMemberships(organizationKey: string, memberships: readonly Membership[]): StoredMembership[] {
  const rows = new Map<string, StoredMembership>();
  for (const { projectId, accountId, grant, role, sensitiveAccess } of memberships) {
    const grantType = clip(grant);
    const storedRole = clip(role);
    // Stored text holds no NUL, so that the parts of the key stay apart.
    rows.set(`${projectId}\0${accountId}\0${grantType}\0${storedRole}`, {
      organization_key: organizationKey,
      project_id: projectId,
      account_id: accountId,
      grant_type: grantType,
      role: storedRole,
      role_rank: roleRank(storedRole),
      sensitive_access: sensitiveAccess === null ? null : Number(sensitiveAccess),
    });
  }
  return [...rows.values()];
}
