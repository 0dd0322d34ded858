const FIRST_WAIT_MS = 60_000;
export const LONGEST_WAIT_MS = 3_600_000;

/** About thirty days of a target that is down; counted in tries, so that a clock that jumps gives nothing up. */
export const ATTEMPTS_MAX = 725;

/** How long to wait after so many tries: a minute, doubled each time, an hour at most. */
export function waitAfter(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 10));
}
