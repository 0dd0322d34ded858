import type { StoredAccount } from "@/lib/db/inventory-rows";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";

/** Throws `own_credential` if the console would cut its own access; then nothing of the request is sent. */
export function protectOwnCredential(context: OrganizationContext, accounts: readonly StoredAccount[]): void {
  const own = accounts.find((account) => account.username === context.organization.credentialUsername);
  if (!own) return;
  const reason = `${own.name} is what Keywarden signs in to Mixpanel with. Nothing of this request was sent.`;
  throw new AppError("own_credential", { reason });
}
