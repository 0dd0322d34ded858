import pLimit from "p-limit";
import type { Transaction } from "@/lib/db/database";
import { findBatch, type NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { BatchAnswer, TargetResult } from "@/lib/domain/change";
import type { OperationKind } from "@/lib/domain/operation";
import type { OrganizationContext } from "@/lib/services/context";
import { batchAnswer } from "./batch-answer";
import { withHeartbeat } from "./heartbeat";
import { whileLive } from "./live-runs";
import { type Change, newOperation, prepareOperations } from "./prepare-operations";
import type { OperatorActor } from "./require-operator";
import { runOnce } from "./run-once";

/** What is to be sent, and the targets that need no sending or must not be touched, each with its reason. */
export type Plan = { changes: Change[]; unsent: TargetResult[] };

type Batch = {
  context: OrganizationContext;
  actor: OperatorActor;
  kind: OperationKind;
  input: unknown;
  key: string;
  plan: () => Promise<Plan>;
  guard?: (transaction: Transaction) => Promise<void>;
  /** Sends one operation and settles what it can; the rows tell what came of it. */
  carryOut: (operation: NewOperation) => Promise<void>;
};

/** Operations of one request that are under way at once. */
const CONCURRENCY = 4;

/** One request over several targets: planned and prepared whole, then carried out one operation at a time per lane. */
export function runBatch({ context, actor, kind, input, key, plan, guard, carryOut }: Batch): Promise<BatchAnswer> {
  const batchId = context.newId();
  return runOnce({
    context,
    actor,
    key,
    request: { kind, input },
    start: async (requestHash) => {
      const { changes, unsent } = await plan();
      refuseWhole(changes, unsent);
      const keyed = { operatorId: actor.operator.id, key, requestHash, batchId, unsent };
      const operations = changes.map((change) => newOperation(context, actor, batchId, change));
      await prepareOperations({ context, operations, key: keyed, guard });
      return async () => {
        await whileLive(operations, () =>
          withHeartbeat(context, batchId, () => carryOutAll(context, operations, carryOut)),
        );
        const rows = await readBack(context, batchId);
        return batchAnswer({ batchId, kind, operations: rows, unsent }, context.reference);
      };
    },
    repeat: async (earlier) => batchAnswer({ kind, ...earlier }, context.reference),
  });
}

/** Where every target is refused for one and the same reason, the request is. */
function refuseWhole(changes: readonly Change[], unsent: readonly TargetResult[]): void {
  const [first, ...more] = unsent;
  if (changes.length > 0 || !first?.error || first.outcome !== "skipped") return;
  const { code, reason } = first.error;
  if (more.some((result) => result.error?.code !== code)) return;
  throw new AppError(code, { reason });
}

/** One failing operation never stops the others: its row says how far it came. */
async function carryOutAll(
  context: OrganizationContext,
  operations: readonly NewOperation[],
  carryOut: Batch["carryOut"],
): Promise<void> {
  const limit = pLimit(CONCURRENCY);
  await limit.map(operations, async (operation) => {
    try {
      await carryOut(operation);
    } catch (error) {
      const { logger, reference } = context;
      logger.error({ operationId: operation.id, reference, err: error }, "An operation ended without its outcome");
    }
  });
}

async function readBack(context: OrganizationContext, batchId: string) {
  try {
    return await findBatch(context.database, batchId);
  } catch (error) {
    const reason = "Mixpanel was asked, but Keywarden's database does not tell what came of it.";
    throw new AppError("outcome_unknown", { reason }, error);
  }
}
