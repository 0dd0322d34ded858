import type { Transaction } from "@/lib/db/database";
import { takeIdempotencyKey } from "@/lib/db/idempotency-keys";
import { inTransaction } from "@/lib/db/in-transaction";
import { insertOperations, type NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { TargetResult } from "@/lib/domain/change";
import { recordEvents } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { assertNobodyElseOn } from "./in-progress";
import { operationEvent } from "./operation-event";
import type { OperatorActor } from "./require-operator";

/** What one operation intends; ids, actor and times are added when it is prepared. */
export type Change = Pick<
  NewOperation,
  "kind" | "accountId" | "accountName" | "projectId" | "projectName" | "input" | "beforeState"
>;

/** Another request took the same Idempotency-Key first. */
export class KeyTakenError extends Error {}

type Preparation = {
  context: OrganizationContext;
  actor: OperatorActor;
  batchId: string;
  changes: readonly Change[];
  /** Left out for a further operation of a request that holds its key already. */
  key?: { key: string; requestHash: string; unsent: readonly TargetResult[] };
  /** A last check that must hold at the moment of the commit. */
  guard?: (transaction: Transaction) => Promise<void>;
};

/**
 * Writes down what is about to be sent: operations, their `intended` events and the request's key in one commit.
 * Throws `read_only` when that cannot be recorded.
 */
export async function prepareBatch(preparation: Preparation): Promise<NewOperation[]> {
  const { context, actor, batchId, changes, key, guard } = preparation;
  const preparedAt = context.now().toISOString();
  const operations = changes.map((change) => ({
    ...change,
    id: context.newId(),
    batchId,
    organizationKey: context.organization.key,
    actorId: actor.operator.id,
    actorName: actor.operator.name,
    preparedAt,
  }));
  await context.crashPoint?.("before_prepared");
  try {
    await inTransaction(context.database, async (transaction) => {
      if (key && !(await takeIdempotencyKey(transaction, keyRow(preparation, key, preparedAt))))
        throw new KeyTakenError();
      // The record's end is locked from here on, so no other replica can prepare between the checks and the commit.
      await recordEvents(
        transaction,
        operations.map((operation) => operationEvent(context, operation, "intended", { detail: operation.input })),
      );
      await assertNobodyElseOn(transaction, context, actor.operator.id, operations);
      await guard?.(transaction);
      await insertOperations(transaction, operations);
    });
  } catch (error) {
    if (error instanceof AppError || error instanceof KeyTakenError) throw error;
    throw new AppError("read_only", {}, error);
  }
  return operations;
}

function keyRow({ actor, batchId }: Preparation, key: NonNullable<Preparation["key"]>, createdAt: string) {
  return {
    operatorId: actor.operator.id,
    key: key.key,
    requestHash: key.requestHash,
    batchId,
    unsent: JSON.stringify(key.unsent),
    createdAt,
  };
}
