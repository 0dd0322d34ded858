import type { Database } from "@/lib/db/database";
import { findUsernamesInUse } from "@/lib/db/organization-credentials";
import { AppError } from "@/lib/domain/app-error";
import { splitUsername } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";

/**
 * Throws `own_credential` if the console would cut its own access; then nothing of the request is sent. The database is
 * asked, for another replica may have taken another credential into use a moment ago.
 */
export async function protectOwnCredential(
  context: OrganizationContext,
  accounts: readonly { username: string }[],
  handle: Database = context.database,
): Promise<void> {
  const { key, credentialUsername } = context.organization;
  const inUse = new Set([credentialUsername, ...(await findUsernamesInUse(handle, key))]);
  const own = accounts.find(({ username }) => inUse.has(username));
  if (!own) return;
  const { name } = splitUsername(own.username);
  const reason = `${name} is what Keywarden signs in to Mixpanel with. Nothing of this request was sent.`;
  throw new AppError("own_credential", { reason });
}
