import type { RetryBudget } from "./retry-budget";
import { UpstreamError } from "./upstream-error";

export const MAX_ATTEMPTS = 3;
const BASE_MS = 250;
const LONGEST_BACKOFF_MS = 5_000;
const LONGEST_HONOURED_MS = 60_000;

export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
export type RetryPolicy = {
  budget: RetryBudget;
  random: () => number;
  sleep: Sleep;
  /** Aborted when the connection closes: no retry after that. */
  signal: AbortSignal;
  /** False while a retry would be withheld anyway. */
  isOpenForRequests: () => boolean;
};

/** Full jitter, after what `Retry-After` asks for; null when that is longer than anybody should wait here. */
export function delayBefore(attempt: number, failure: UpstreamError, random: () => number): number | null {
  const jitter = Math.floor(random() * Math.min(LONGEST_BACKOFF_MS, BASE_MS * 2 ** attempt));
  const asked = failure.retryAfterMs ?? 0;
  return asked > LONGEST_HONOURED_MS ? null : asked + jitter;
}

/** Runs a read up to three times inside the budget; throws the last failure. */
export async function withRetries<T>(attempt: () => Promise<T | UpstreamError>, policy: RetryPolicy): Promise<T> {
  policy.budget.deposit();
  for (let number = 1; ; number++) {
    const outcome = await attempt();
    if (!(outcome instanceof UpstreamError)) return outcome;
    const delay = delayBefore(number, outcome, policy.random);
    const worthwhile = outcome.transient || outcome.code === "upstream_rate_limited";
    if (number === MAX_ATTEMPTS || !worthwhile || delay === null || policy.signal.aborted) throw outcome;
    if (!policy.isOpenForRequests() || !policy.budget.withdraw()) throw outcome;
    await policy.sleep(delay, policy.signal).catch(() => {
      throw outcome;
    });
  }
}
