import { findAccountIdsByName } from "@/lib/db/change-targets";
import type { CreatedAnswer, CreateInput } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { whileLive } from "@/lib/services/operations/live-runs";
import { type Change, newOperation, prepareOperations } from "@/lib/services/operations/prepare-operations";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { runOnce } from "@/lib/services/operations/run-once";
import { carryOutCreate } from "./carry-out-create";
import { checkExpiry, checkProjects, checkRoles } from "./check-create";
import { repeatedAnswer } from "./created-answer";

type Request = { context: OrganizationContext; input: CreateInput; idempotencyKey: string };

/**
 * Creates one service account. Its secret is in the answer and, sealed, open to its operator for ten minutes. Throws
 * `outcome_unknown` when Mixpanel's answer was lost: the account may exist, and its secret is gone.
 */
export async function createServiceAccount({ context, input, idempotencyKey: key }: Request): Promise<CreatedAnswer> {
  const actor = requireOperator(context, "account:create");
  return runOnce({
    context,
    actor,
    key,
    request: { kind: "create", input },
    start: async (requestHash) => {
      checkRoles(actor.operator.role, input);
      checkExpiry(context, input.expiresAt);
      const projects = await checkProjects(context, input.projects);
      const batchId = context.newId();
      const operation = newOperation(context, actor, batchId, await intend(context, input));
      const keyed = { operatorId: actor.operator.id, key, requestHash, batchId, unsent: [] };
      await prepareOperations({ context, operations: [operation], key: keyed });
      return () => whileLive([operation], () => carryOutCreate({ context, actor, input, projects, operation }));
    },
    repeat: async ({ operations: [operation] }) => repeatedAnswer(context, operation),
  });
}

async function intend({ database, organization }: OrganizationContext, input: CreateInput): Promise<Change> {
  const sameNameIds = await findAccountIdsByName(database, organization.key, input.name);
  return {
    kind: "create",
    accountId: null,
    accountName: input.name,
    projectId: null,
    projectName: null,
    input,
    beforeState: { sameNameIds },
  };
}
