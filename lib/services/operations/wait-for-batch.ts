import { setTimeout as wait } from "node:timers/promises";
import { findBatch, type StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { isLive } from "./live-runs";
import { sweepStale } from "./sweep-stale";

const PATIENCE_MS = 15_000;
const PAUSE_MS = 200;

/** The operations of a request once all of them have come to an end. Throws `operation_in_progress` when they take too long. */
export async function waitForBatch(
  context: OrganizationContext,
  batchId: string,
  patienceMs: number = PATIENCE_MS,
): Promise<StoredOperation[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const operations = await findBatch(context.database, batchId);
    const running = operations.find(isRunning);
    if (!running) return operations;
    if (await sweepStale(context, operations)) continue;
    if (performance.now() >= until) {
      const reason = `The same request is still under way since ${running.preparedAt.slice(11, 16)} UTC.`;
      throw new AppError("operation_in_progress", { reason, operationId: running.id });
    }
    await wait(PAUSE_MS);
  }
}

/** Also while its process still reads back what a membership change really did, or settles a doubt. */
function isRunning(operation: StoredOperation): boolean {
  return operation.state === "prepared" || operation.state === "sent" || isLive(operation.id);
}
