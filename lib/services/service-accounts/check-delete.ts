import type { StoredAccount } from "@/lib/db/inventory-rows";
import { AppError } from "@/lib/domain/app-error";
import { bulkDeleteConfirmation, type DeleteInput } from "@/lib/domain/change";
import { usedRecently } from "@/lib/domain/deletion";
import { isFreshSignIn } from "@/lib/domain/operator-session";
import type { OrganizationContext } from "@/lib/services/context";
import type { OperatorActor } from "@/lib/services/operations/require-operator";

/** Several accounts at once need a sign-in that is still fresh. */
export function checkFreshSignIn(context: OrganizationContext, actor: OperatorActor, count: number): void {
  if (count > 1 && !isFreshSignIn(actor.authenticatedAt, context.now())) throw new AppError("fresh_sign_in_required");
}

/** One account used in the last 30 days needs its name typed; several need the sentence that says how many. */
export function checkConfirmation(
  context: OrganizationContext,
  { accountIds, confirmation }: DeleteInput,
  known: readonly StoredAccount[],
): void {
  const typed = confirmation.trim();
  const [only] = known;
  if (accountIds.length > 1) expect(typed, [bulkDeleteConfirmation(accountIds.length)]);
  if (accountIds.length > 1 || !only) return;
  if (usedRecently({ lastUsedAt: only.last_used_at }, context.now())) expect(typed, [only.name, only.username]);
}

function expect(typed: string, accepted: readonly string[]): void {
  if (accepted.includes(typed)) return;
  throw new AppError("confirmation_mismatch", { fields: { confirmation: `Type "${accepted[0]}" exactly.` } });
}
