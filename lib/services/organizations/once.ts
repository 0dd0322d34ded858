import { createHash } from "node:crypto";
import type { Transaction } from "@/lib/db/database";
import { findIdempotencyKey, takeIdempotencyKey } from "@/lib/db/idempotency-keys";
import { AppError } from "@/lib/domain/app-error";
import type { RequestContext } from "@/lib/services/context";
import type { OperatorActor } from "@/lib/services/operations/require-operator";

/** A change under its Idempotency-Key. `request` tells intentions apart and never holds a secret. */
export type Intention = { actor: OperatorActor; key: string; request: Record<string, unknown> };

/** What the first request with this key brought about; null when there was none. Throws `idempotency_conflict`. */
export async function broughtAbout(
  context: RequestContext,
  { actor, key, request }: Intention,
): Promise<string | null> {
  const taken = await findIdempotencyKey(context.database, actor.operator.id, key);
  if (!taken) return null;
  if (taken.requestHash !== hashOf(request)) throw new AppError("idempotency_conflict");
  return taken.batchId;
}

/** Notes in the change's own commit what it brought about. Throws `operation_in_progress` when another was faster. */
export async function noteBroughtAbout(
  context: RequestContext,
  transaction: Transaction,
  { actor, key, request }: Intention,
  outcome: string,
): Promise<void> {
  const taken = await takeIdempotencyKey(transaction, {
    operatorId: actor.operator.id,
    key,
    requestHash: hashOf(request),
    batchId: outcome,
    unsent: "[]",
    createdAt: context.now().toISOString(),
  });
  if (!taken) throw new AppError("operation_in_progress", { reason: "The same request has just been carried out." });
}

function hashOf(request: Record<string, unknown>): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}
