import type { Database } from "@/lib/db/database";
import { type CredentialRow, listCredentials } from "@/lib/db/organization-credentials";
import { regionSchema } from "@/lib/domain/region";
import type { Environment } from "@/lib/env/environment";
import type { OrganizationSettings } from "@/lib/env/organization-settings";
import { organizationCredentialBinding } from "@/lib/services/sealing/bindings";
import { SealError } from "@/lib/services/sealing/seal-error";
import { sealerOf } from "@/lib/services/sealing/sealer-of";

type Sealed = Pick<CredentialRow, "credential_id" | "sealed" | "key_id">;
type ForSealing = { environment: Environment };

/** The columns of a credential's secret, sealed for this organization and credential alone. */
export async function sealCredential(
  context: ForSealing,
  { organizationKey, credentialId, secret }: { organizationKey: string; credentialId: string; secret: string },
): Promise<Sealed> {
  const sealer = sealerOf(context);
  const sealed = await sealer.seal(secret, organizationCredentialBinding(organizationKey, credentialId));
  return { credential_id: credentialId, sealed, key_id: sealer.keyId };
}

/** Throws SealError when the row was tampered with or its key is gone. */
export function openCredential(
  context: ForSealing,
  row: Pick<CredentialRow, "organization_key" | "credential_id" | "sealed">,
): Promise<string> {
  return sealerOf(context).open(row.sealed, organizationCredentialBinding(row.organization_key, row.credential_id));
}

export type KeptOrganization = { credentialId: string; settings: OrganizationSettings };

/** The organizations kept in the database with their secrets opened; `unopened` are those that stay shut. */
export async function loadKeptOrganizations(
  database: Database,
  environment: Environment,
): Promise<{ kept: KeptOrganization[]; unopened: string[] }> {
  const kept: KeptOrganization[] = [];
  const unopened: string[] = [];
  for (const row of await listCredentials(database)) {
    try {
      const secret = await openCredential({ environment }, row);
      kept.push({ credentialId: row.credential_id, settings: settingsOf(row, secret, environment) });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      unopened.push(row.organization_key);
    }
  }
  return { kept, unopened };
}

function settingsOf(row: CredentialRow, secret: string, environment: Environment): OrganizationSettings {
  const { organization_key: key, mixpanel_id: mixpanelId, name, username } = row;
  const region = regionSchema.parse(row.region);
  return { key, mixpanelId, name, region, username, secret, baseUrls: environment.mixpanelBaseUrls };
}
