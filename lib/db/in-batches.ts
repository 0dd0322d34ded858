import { setImmediate as nextTurn } from "node:timers/promises";

/** Rows per statement: far below the parameter limits of both databases. */
export const BATCH_ROWS = 500;

/** Runs `run` for slices of `items`, and lets other work go on in between: SQLite answers without ever yielding. */
export async function inBatches<T>(
  items: readonly T[],
  run: (batch: T[]) => Promise<unknown>,
  size: number = BATCH_ROWS,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await nextTurn();
    await run(items.slice(start, start + size));
  }
}
