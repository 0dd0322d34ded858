import { describe, expect, it } from "vitest";
import type { AppErrorCode } from "@/lib/domain/app-error";
import { type RetryPolicy, withRetries } from "./retry";
import { createRetryBudget } from "./retry-budget";
import { UpstreamError } from "./upstream-error";

function failure(code: AppErrorCode, transient: boolean, retryAfterMs: number | null = null) {
  return new UpstreamError(code, {}, { sent: "unknown", reference: "r", transient, retryAfterMs });
}
const outage = failure("upstream_failed", true);

function run(outcomes: (string | UpstreamError)[], changes: Partial<RetryPolicy> = {}) {
  const slept: number[] = [];
  let attempts = 0;
  const result = withRetries(async () => outcomes[attempts++] ?? "beyond", {
    budget: createRetryBudget(),
    random: () => 0.5,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
    signal: new AbortController().signal,
    isOpenForRequests: () => true,
    ...changes,
  });
  return { result, slept, attempts: () => attempts };
}

describe("reads are tried again", () => {
  it("twice at most, with growing full jitter, and the last failure counts", async () => {
    const last = failure("upstream_timeout", true);
    const { result, slept, attempts } = run([outage, outage, last]);
    await expect(result).rejects.toBe(last);
    expect(attempts()).toBe(3);
    expect(slept).toEqual([250, 500]);
  });

  it("until one succeeds", async () => {
    const { result, attempts } = run([outage, "fine"]);
    await expect(result).resolves.toBe("fine");
    expect(attempts()).toBe(2);
  });

  it("after what Retry-After asks, up to a minute", async () => {
    const { result, slept } = run([failure("upstream_rate_limited", false, 60_000), "fine"], { random: () => 0 });
    await expect(result).resolves.toBe("fine");
    expect(slept).toEqual([60_000]);
  });

  it.each([
    ["an answer that will not change", [failure("upstream_not_found", false)], {}],
    ["a wait of more than a minute", [failure("upstream_rate_limited", false, 60_001)], {}],
    ["a closed connection", [outage], { signal: AbortSignal.abort() }],
    ["an open breaker", [outage], { isOpenForRequests: () => false }],
    ["an empty budget", [outage], { budget: { deposit: () => {}, withdraw: () => false } }],
    ["a sleep that is cut short", [outage], { sleep: () => Promise.reject(new Error("closing")) }],
  ])("but not for %s", async (_what, outcomes, changes) => {
    const { result, attempts } = run(outcomes, changes);
    await expect(result).rejects.toBe(outcomes[0]);
    expect(attempts()).toBe(1);
  });
});

it("the budget gives ten at once and a tenth of the reads after that", () => {
  const budget = createRetryBudget();
  const take = () => {
    let taken = 0;
    while (budget.withdraw()) taken += 1;
    return taken;
  };
  budget.deposit();
  expect(take()).toBe(10);
  for (let read = 0; read < 55; read += 1) budget.deposit();
  expect(take()).toBe(5);
});
