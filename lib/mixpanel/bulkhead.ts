import pLimit from "p-limit";

export const MAX_CONCURRENT = 8;

/** Runs at most eight requests at a time. Reads queue among themselves first, so a write never waits for a whole sync. */
export function createBulkhead(): <T>(kind: "read" | "write", run: () => Promise<T>) => Promise<T> {
  const all = pLimit(MAX_CONCURRENT);
  const reads = pLimit(MAX_CONCURRENT);
  return (kind, run) => (kind === "write" ? all(run) : reads(() => all(run)));
}
