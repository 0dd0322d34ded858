import { z } from "zod";
import type { NewOperation } from "@/lib/db/operations";
import type { BatchAnswer, DeleteInput, TargetResult } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import type { Change } from "@/lib/services/operations/prepare-operations";
import { protectOwnCredential } from "@/lib/services/operations/protect-own-credential";
import { type OperatorActor, requireOperator } from "@/lib/services/operations/require-operator";
import { resolveAccounts } from "@/lib/services/operations/resolve-accounts";
import { type Plan, runBatch } from "@/lib/services/operations/run-batch";
import { splitByCeiling } from "@/lib/services/operations/split-by-ceiling";
import { carryOutDelete } from "./carry-out-delete";
import { checkConfirmation, checkFreshSignIn } from "./check-delete";
import { assertWithinDeletionLimit } from "./deletion-limit";
import { deletionsOf } from "./deletions-of";

type Request = { context: OrganizationContext; input: DeleteInput; idempotencyKey: string };

/** Deletes accounts, one operation each. The console's own credential anywhere in the request stops all of it. */
export async function deleteServiceAccounts({ context, input, idempotencyKey: key }: Request): Promise<BatchAnswer> {
  const actor = requireOperator(context, "account:delete");
  const accountIds = [...new Set(input.accountIds)];
  let wanted: Change[] = [];
  return runBatch({
    context,
    actor,
    kind: "delete",
    input,
    key,
    plan: async () => {
      const plan = await planDeletion(context, actor, { ...input, accountIds });
      wanted = plan.changes;
      return plan;
    },
    guard: async (transaction) => {
      await assertWithinDeletionLimit(transaction, context, actor.operator.id, wanted.length);
      // Asked again at the moment of the commit: one of them may have become the console's own just now.
      await protectOwnCredential(context, wanted.map(usernameOf), transaction);
    },
    carryOut: (operation: NewOperation) => carryOutDelete(context, actor, operation),
  });
}

async function planDeletion(context: OrganizationContext, actor: OperatorActor, input: DeleteInput): Promise<Plan> {
  const { known, unsent } = await resolveAccounts(context, input.accountIds);
  await protectOwnCredential(context, known);
  checkFreshSignIn(context, actor, input.accountIds.length);
  checkConfirmation(context, input, known);
  const { allowed, unsent: above } = splitByCeiling(known, actor.operator.role, context.reference);
  return { changes: await deletionsOf(context, allowed), unsent: [...unsent.map(absentIsDone), ...above] };
}

const usernameOf = ({ input }: Change) => z.object({ username: z.string() }).parse(input);

/** An account that Mixpanel does not have is as deleted as can be. */
function absentIsDone(result: TargetResult): TargetResult {
  if (result.error?.code !== "upstream_not_found") return result;
  return { ...result, outcome: "already", message: "It was already absent at Mixpanel.", error: null };
}
