import { createHash } from "node:crypto";
import { z } from "zod";
import { findIdempotencyKey } from "@/lib/db/idempotency-keys";
import type { StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import { type TargetResult, targetResultSchema } from "@/lib/domain/change";
import type { OperationKind } from "@/lib/domain/operation";
import type { OrganizationContext } from "@/lib/services/context";
import type { OperatorActor } from "./require-operator";
import { waitForBatch } from "./wait-for-batch";

export type Earlier = { batchId: string; unsent: TargetResult[]; operations: StoredOperation[] };

type Once<T> = {
  context: OrganizationContext;
  actor: OperatorActor;
  key: string;
  request: { kind: OperationKind; input: unknown };
  /** Checks and prepares; what it answers then sends and tells the outcome. */
  start: (requestHash: string) => Promise<() => Promise<T>>;
  /** Tells the outcome of the request that took the key first. */
  repeat: (earlier: Earlier) => Promise<T>;
};

/**
 * One key, one change: a repeat with the same request answers what the first came to, one with another request throws
 * `idempotency_conflict`. Whatever goes wrong before anything is recorded, but is no refusal, is `read_only`.
 */
export async function runOnce<T>({ context, actor, key, request, start, repeat }: Once<T>): Promise<T> {
  const requestHash = hashOf({ organizationKey: context.organization.key, ...request });
  const earlier = () => recorded(() => findEarlier(context, actor.operator.id, key, requestHash));
  const found = await earlier();
  if (found) return repeat(found);
  let send: () => Promise<T>;
  try {
    send = await recorded(() => start(requestHash));
  } catch (error) {
    // A request with the same key may have won the race, and its change may be why this one was refused.
    const winner = await earlier();
    if (winner) return repeat(winner);
    throw error;
  }
  return send();
}

async function findEarlier(
  context: OrganizationContext,
  operatorId: string,
  key: string,
  requestHash: string,
): Promise<Earlier | null> {
  const taken = await findIdempotencyKey(context.database, operatorId, key);
  if (!taken) return null;
  if (taken.requestHash !== requestHash) throw new AppError("idempotency_conflict");
  const operations = await waitForBatch(context, taken.batchId);
  return { batchId: taken.batchId, unsent: z.array(targetResultSchema).parse(JSON.parse(taken.unsent)), operations };
}

async function recorded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
}

/** Inputs were parsed by their schema, which puts their fields in one order. */
function hashOf(request: { organizationKey: string; kind: OperationKind; input: unknown }): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}
