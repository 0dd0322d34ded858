import { findAccountByUsername } from "@/lib/db/change-targets";
import { findOpenRotation, type RotationRow } from "@/lib/db/credential-rotations";
import { findCredential } from "@/lib/db/organization-credentials";
import { findOrganizations } from "@/lib/db/organizations";
import {
  type CredentialView,
  type RotationView,
  rotationStepSchema,
  SWITCH_SETTLES_MS,
} from "@/lib/domain/organization-credential";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";

/** Where an organization's credential comes from and what is known of it, for administrators. */
export async function viewCredential({ context }: { context: OrganizationContext }): Promise<CredentialView> {
  requireOperator(context, "organization:manage");
  const { database, organization } = context;
  const { key, source } = organization;
  const kept = source === "database" ? await findCredential(database, key) : undefined;
  const username = kept?.username ?? organization.credentialUsername;
  const [state] = await findOrganizations(database, [key]);
  const account = await findAccountByUsername(database, key, username);
  const rotation = await findOpenRotation(database, key);
  return {
    source,
    username,
    role: state?.credential_role ?? null,
    account: account ? { id: account.id, expiresAt: account.expires_at, lastUsedAt: account.last_used_at } : null,
    addedBy: kept?.added_by ?? null,
    addedAt: kept?.added_at ?? null,
    replacedBy: kept?.replaced_by ?? null,
    replacedAt: kept?.replaced_at ?? null,
    rotation: rotation ? viewRotation(rotation) : null,
  };
}

function viewRotation(row: RotationRow): RotationView {
  return {
    id: row.id,
    step: rotationStepSchema.parse(row.step),
    startedBy: row.started_by,
    startedAt: row.started_at,
    predecessorUsername: row.predecessor_username,
    predecessorListed: row.predecessor_account_id !== null,
    replacementUsername: row.replacement_username,
    switchedAt: row.switched_at,
    deleteAfter: row.switched_at === null ? null : deleteAfter(row.switched_at).toISOString(),
  };
}

/** By then every replica has looked into the database again and uses the replacement. */
export function deleteAfter(switchedAt: string): Date {
  return new Date(Date.parse(switchedAt) + SWITCH_SETTLES_MS);
}
