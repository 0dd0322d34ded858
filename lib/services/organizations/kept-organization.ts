import { type CredentialRow, findCredential } from "@/lib/db/organization-credentials";
import { AppError } from "@/lib/domain/app-error";
import { isFreshSignIn } from "@/lib/domain/operator-session";
import type { OrganizationContext } from "@/lib/services/context";
import { type OperatorActor, requireOperator } from "@/lib/services/operations/require-operator";

/**
 * Who may change this organization's credential, and the credential as it is kept. Throws `fresh_sign_in_required`, and
 * `credential_configured` where the credential comes from the environment.
 */
export async function openToChange(
  context: OrganizationContext,
): Promise<{ actor: OperatorActor; credential: CredentialRow }> {
  const actor = requireOperator(context, "organization:manage");
  if (!isFreshSignIn(actor.authenticatedAt, context.now())) throw new AppError("fresh_sign_in_required");
  const { key, name, source } = context.organization;
  if (source === "environment") {
    const reason = `${name} comes from the environment or the organizations file, which the console cannot write.`;
    throw new AppError("credential_configured", { reason });
  }
  const credential = await findCredential(context.database, key);
  if (!credential) throw new AppError("not_found", { reason: "This organization was removed." });
  return { actor, credential };
}
