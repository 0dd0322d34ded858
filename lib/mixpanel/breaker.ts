import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from "cockatiel";
import { UpstreamError } from "./upstream-error";

const THRESHOLD = 5;
export const HALF_OPEN_AFTER_MS = 30_000;

export type BreakerState = "closed" | "open" | "half_open";
export type Breaker = {
  /** Runs the attempt, or answers what `withheld` makes of the next try's time while the breaker is open. */
  run: <T>(
    kind: "read" | "write",
    attempt: () => Promise<T | UpstreamError>,
    withheld: (retryAt: Date) => UpstreamError,
  ) => Promise<T | UpstreamError>;
  state: () => BreakerState;
  retryAt: () => Date | null;
};

/** Opens after five outages in a row on reads and lets one call through half a minute later. */
export function createBreaker(now: () => Date): Breaker {
  let openedAt = new Date(0);
  const policy = circuitBreaker(
    handleWhenResult((outcome) => outcome instanceof UpstreamError && outcome.transient),
    { breaker: new ConsecutiveBreaker(THRESHOLD), halfOpenAfter: HALF_OPEN_AFTER_MS },
  );
  policy.onBreak(() => {
    openedAt = now();
  });
  const nextTry = () => new Date(openedAt.getTime() + HALF_OPEN_AFTER_MS);
  const state = (): BreakerState =>
    policy.state === CircuitState.Closed ? "closed" : policy.state === CircuitState.HalfOpen ? "half_open" : "open";

  return {
    run: async (kind, attempt, withheld) => {
      try {
        return await policy.execute(async () => {
          const outcome = await attempt();
          // A failed write neither counts nor clears the count: the reads that find out what it did must stay possible.
          const uncounted = kind === "write" && policy.state === CircuitState.Closed;
          if (outcome instanceof UpstreamError && outcome.transient && uncounted) throw outcome;
          return outcome;
        });
      } catch (error) {
        if (error instanceof BrokenCircuitError) return withheld(nextTry());
        if (error instanceof UpstreamError) return error;
        throw error;
      }
    },
    state,
    retryAt: () => (state() === "closed" ? null : nextTry()),
  };
}
