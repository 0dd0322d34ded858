declare global {
  var keywardenLiveRuns: Set<string> | undefined;
}

/**
 * The operations this process is carrying out now. It hangs on the process, not on the module: a bundler may load
 * this file twice, and a running change must never look abandoned.
 */
function liveRuns(): Set<string> {
  globalThis.keywardenLiveRuns ??= new Set();
  return globalThis.keywardenLiveRuns;
}

export function isLive(operationId: string): boolean {
  return liveRuns().has(operationId);
}

/** Marks operations as carried out by this process until `work` is through, also with what it reads back afterwards. */
export async function whileLive<T>(operations: readonly { id: string }[], work: () => Promise<T>): Promise<T> {
  for (const { id } of operations) liveRuns().add(id);
  try {
    return await work();
  } finally {
    for (const { id } of operations) liveRuns().delete(id);
  }
}

/** A call ends within seconds; an operation this old that nobody carries out was left behind by a process that died. */
export const STALE_AFTER_MS = 60_000;

export function isStale(operation: { id: string; preparedAt: string; sentAt: string | null }, now: Date): boolean {
  if (isLive(operation.id)) return false;
  return now.getTime() - Date.parse(operation.sentAt ?? operation.preparedAt) > STALE_AFTER_MS;
}
