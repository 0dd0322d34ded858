const CAPACITY = 10;
const DEPOSIT = 0.1;

export type RetryBudget = { deposit: () => void; withdraw: () => boolean };

/** A token bucket: each read earns a tenth of a retry, at most ten are saved, so an outage is met with 10 % more at most. */
export function createRetryBudget(): RetryBudget {
  let tokens = CAPACITY;
  return {
    deposit: () => {
      tokens = Math.min(CAPACITY, tokens + DEPOSIT);
    },
    withdraw: () => {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
