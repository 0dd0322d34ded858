import type { AppContext } from "./context";

/** What one process holds: made at its start, told to stop once. */
type ProcessState = { context: AppContext; stopping: boolean; underWay: Set<symbol>; whenIdle: (() => void)[] };

declare global {
  /** Next bundles start-up, pages and handlers apart: only the global object is the same for all of them. */
  var keywardenProcess: ProcessState | undefined;
}

export function provideAppContext(context: AppContext): void {
  globalThis.keywardenProcess = { context, stopping: false, underWay: new Set(), whenIdle: [] };
}

/** The process's context. Throws before the start has made one. */
export function appContext(): AppContext {
  if (!globalThis.keywardenProcess) throw new Error("The process has not started: there is no context yet.");
  return globalThis.keywardenProcess.context;
}

export function hasStarted(): boolean {
  return globalThis.keywardenProcess !== undefined;
}

export function isStopping(): boolean {
  return globalThis.keywardenProcess?.stopping ?? false;
}

/** Counts the work as under way, so that a stop waits for its end. */
export async function whileUnderWay<Result>(work: () => Promise<Result>): Promise<Result> {
  const state = globalThis.keywardenProcess;
  const mark = Symbol("work");
  state?.underWay.add(mark);
  try {
    return await work();
  } finally {
    state?.underWay.delete(mark);
    if (state?.underWay.size === 0) for (const idle of state.whenIdle.splice(0)) idle();
  }
}

/** Refuses new changes from now on, and resolves when nothing is under way any more. */
export async function stopTakingChanges(): Promise<void> {
  const state = globalThis.keywardenProcess;
  if (!state) return;
  state.stopping = true;
  if (state.underWay.size > 0) await new Promise<void>((resolve) => state.whenIdle.push(resolve));
}
