import { AppError } from "@/lib/domain/app-error";
import { RateLimit, requestLimits } from "./rate-limit";

const limits = {
  address: new RateLimit(requestLimits.address),
  signIns: new RateLimit(requestLimits.signIns),
  machines: new RateLimit(requestLimits.machines),
  reads: new RateLimit(requestLimits.reads),
  writes: new RateLimit(requestLimits.writes),
};

/** Throws `too_many_requests` with the instant of the next try. `key` is an address or an operator's id. */
export function limitRequests(kind: keyof typeof limits, key: string, now: Date): void {
  const wait = limits[kind].take(key, now);
  if (wait > 0)
    throw new AppError("too_many_requests", { retryAt: new Date(now.getTime() + wait * 1000).toISOString() });
}
