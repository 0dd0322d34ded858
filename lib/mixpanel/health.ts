import type { AppErrorCode } from "@/lib/domain/app-error";
import type { BreakerState } from "./breaker";
import type { UpstreamError } from "./upstream-error";

export type UpstreamHealth = {
  breaker: BreakerState;
  /** When a call is let through again, while the breaker is not closed. */
  retryAt: string | null;
  /** The last failure of connection or credential; null once a call succeeded. */
  lastErrorCode: AppErrorCode | null;
  lastErrorAt: string | null;
  lastSuccessAt: string | null;
};

/** Answers about one object, not about the connection's health. */
const ordinary: ReadonlySet<AppErrorCode> = new Set<AppErrorCode>(["upstream_not_found", "upstream_refused"]);

export type Observations = Pick<UpstreamHealth, "lastErrorCode" | "lastErrorAt" | "lastSuccessAt">;

/** Remembers how the calls with the organization's own credential went, and how far upstream's clock is from ours. */
export function createObserver(now: () => Date) {
  let skew: number | null = null;
  let observed: Observations = { lastErrorCode: null, lastErrorAt: null, lastSuccessAt: null };
  return {
    clock: (upstreamDate: Date | null) => {
      if (upstreamDate) skew = upstreamDate.getTime() - now().getTime();
    },
    success: () => {
      observed = { lastErrorCode: null, lastErrorAt: null, lastSuccessAt: now().toISOString() };
    },
    failure: (error: UpstreamError) => {
      if (!ordinary.has(error.code)) {
        observed = { ...observed, lastErrorCode: error.code, lastErrorAt: now().toISOString() };
      }
    },
    observed: (): Observations => observed,
    clockSkewMs: (): number | null => skew,
  };
}
