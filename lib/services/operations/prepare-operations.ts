import type { Transaction } from "@/lib/db/database";
import { type IdempotencyKey, takeIdempotencyKey } from "@/lib/db/idempotency-keys";
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

/** An operation in its first state, on its way to be stored. */
export function newOperation(
  context: OrganizationContext,
  actor: OperatorActor,
  batchId: string,
  change: Change,
): NewOperation {
  return {
    ...change,
    id: context.newId(),
    batchId,
    organizationKey: context.organization.key,
    actorId: actor.operator.id,
    actorName: actor.operator.name,
    preparedAt: context.now().toISOString(),
  };
}

type Preparation = {
  context: OrganizationContext;
  operations: readonly NewOperation[];
  /** Left out for a further operation of a request that holds its key already. */
  key?: RequestKey;
  /** A last check that must hold at the moment of the commit. */
  guard?: ((transaction: Transaction) => Promise<void>) | undefined;
};
export type RequestKey = Pick<IdempotencyKey, "operatorId" | "key" | "requestHash" | "batchId"> & {
  unsent: readonly TargetResult[];
};

/**
 * Writes down what is about to be sent: operations, their `intended` events and the request's key in one commit.
 * Throws `read_only` when that cannot be recorded.
 */
export async function prepareOperations({ context, operations, key, guard }: Preparation): Promise<void> {
  await context.crashPoint?.("before_prepared");
  try {
    await inTransaction(context.database, async (transaction) => {
      if (key) await takeKey(transaction, key, context.now().toISOString());
      // The record's end is locked from here on, so no other replica can prepare between the checks and the commit.
      await recordEvents(
        transaction,
        operations.map((operation) => operationEvent(context, operation, "intended", { detail: operation.input })),
      );
      await assertNobodyElseOn(transaction, context, operations);
      await guard?.(transaction);
      await insertOperations(transaction, operations);
    });
  } catch (error) {
    if (error instanceof AppError || error instanceof KeyTakenError) throw error;
    throw new AppError("read_only", {}, error);
  }
}

async function takeKey(transaction: Transaction, { unsent, ...key }: RequestKey, createdAt: string): Promise<void> {
  const taken = await takeIdempotencyKey(transaction, { ...key, unsent: JSON.stringify(unsent), createdAt });
  if (!taken) throw new KeyTakenError();
}
