import { loadAccounts } from "@/lib/db/inventory";
import type { StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { CreatedAnswer } from "@/lib/domain/change";
import { highestMembership } from "@/lib/domain/membership";
import { splitUsername } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import { storedError, unknownError } from "@/lib/services/operations/change-error";
import { createdOf } from "@/lib/services/secrets/own-operation";
import { takeSecret } from "@/lib/services/secrets/take-secret";
import { tagsOf } from "./account-row";

type Taken = { secret: string; until: string } | null;

/** What create answers, from the operation's own row. Throws what the operation came to if it created nothing usable. */
export async function createdAnswer(
  context: OrganizationContext,
  operation: StoredOperation,
  taken: Taken,
): Promise<CreatedAnswer> {
  if (operation.state !== "succeeded") throw whyNotCreated(operation);
  const { account, memberships } = createdOf(operation);
  const [stored] = await loadAccounts(context.database, context.organization.key, [account.id]);
  const highest = highestMembership(memberships);
  return {
    operationId: operation.id,
    account: {
      ...account,
      ...splitUsername(account.username),
      highestRole: stored?.highest_role ?? highest?.role ?? null,
      highestGrant: stored?.highest_grant ?? highest?.grant ?? null,
      projectCount: stored?.project_count ?? memberships.length,
      owner: stored?.owner ?? null,
      tags: stored ? tagsOf(stored) : [],
      rotateBy: stored?.rotate_by ?? null,
      own: false,
    },
    memberships,
    secret: taken?.secret ?? null,
    secretUntil: taken?.until ?? null,
  };
}

/** The same answer for a repeat of the request; a secret that is still sealed is opened once more, and that is recorded. */
export async function repeatedAnswer(
  context: OrganizationContext,
  operation: StoredOperation | undefined,
): Promise<CreatedAnswer> {
  if (!operation) throw new AppError("not_found", { reason: "What this request did is not stored any more." });
  return createdAnswer(
    context,
    operation,
    operation.state === "succeeded" ? await stillOpen(context, operation) : null,
  );
}

async function stillOpen(context: OrganizationContext, operation: StoredOperation): Promise<Taken> {
  try {
    return await takeSecret(context, operation, { action: "secret.view", outcome: "succeeded", view: true });
  } catch (error) {
    if (error instanceof AppError && error.code === "secret_gone") return null;
    throw error;
  }
}

function whyNotCreated(operation: StoredOperation): AppError {
  if (operation.state === "failed") return storedError(operation);
  if (operation.outcome === "secret_lost") {
    const reason = "Created at Mixpanel, but its secret was lost. Delete it and create it again.";
    return new AppError("outcome_unknown", { reason, operationId: operation.id });
  }
  if (operation.outcome === "did_not_happen") {
    const reason = "A reading of Mixpanel shows that it was not created. Create it again.";
    return new AppError("upstream_failed", { reason, operationId: operation.id });
  }
  return unknownError(operation);
}
