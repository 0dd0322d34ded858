import { findOpenRotation } from "@/lib/db/credential-rotations";
import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { listOperationsInState } from "@/lib/db/operations";
import { deleteCredential } from "@/lib/db/organization-credentials";
import { deleteOrganization, findOrganizations } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import type { RemoveOrganizationInput } from "@/lib/domain/organization-credential";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { openToChange } from "./kept-organization";
import { organizationEvent } from "./organization-event";

type Request = { context: OrganizationContext; input: RemoveOrganizationInput };

/**
 * Forgets an organization that was added on the settings page: its credential and its inventory. Nothing changes at
 * Mixpanel; operations and the audit record stay, and would show again if it were added under the same key.
 */
export async function removeOrganization({ context, input }: Request): Promise<{ key: string }> {
  const { key } = context.organization;
  const { credential } = await openToChange(context);
  const [stored] = await findOrganizations(context.database, [key]);
  const name = stored?.name ?? context.organization.name;
  if (input.confirmation.trim() !== name.trim()) {
    throw new AppError("confirmation_mismatch", { fields: { confirmation: `Type "${name}" exactly.` } });
  }
  const subject = { action: "organization.remove", key, name, detail: { username: credential.username } } as const;
  try {
    await inTransaction(context.database, async (transaction) => {
      await recordEvent(context, organizationEvent(subject, "succeeded"), transaction);
      await assertAtRest(transaction, key);
      await deleteCredential(transaction, key);
      await deleteOrganization(transaction, key);
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
  await context.organizations.refresh(0);
  return { key };
}

/** Whatever is under way needs the credential to be settled. */
async function assertAtRest(transaction: Transaction, key: string): Promise<void> {
  const [open] = await listOperationsInState(transaction, key, ["prepared", "sent", "unknown"]);
  if (open) {
    const reason = `A change to ${open.accountName} is not settled yet. See Unfinished. Nothing was removed.`;
    throw new AppError("operation_in_progress", { reason, operationId: open.id });
  }
  if (!(await findOpenRotation(transaction, key))) return;
  throw new AppError("operation_in_progress", {
    reason: "Its credential is being rotated. Finish or cancel that first.",
  });
}
