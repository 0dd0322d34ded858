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

type Times = { preparedAt: string; sentAt: string | null };

/** One that waits behind others of its request lives as long as its process says so; see `heartbeat.ts`. */
export function isStale(operation: { id: string; aliveAt: string | null } & Times, now: Date): boolean {
  const alive = operation.sentAt === null && operation.aliveAt !== null ? Date.parse(operation.aliveAt) : 0;
  return !isLive(operation.id) && now.getTime() - Math.max(lastStepAt(operation), alive) > STALE_AFTER_MS;
}

/** When it was sent, or else prepared, in milliseconds. */
export function lastStepAt({ sentAt, preparedAt }: Times): number {
  return Date.parse(sentAt ?? preparedAt);
}
