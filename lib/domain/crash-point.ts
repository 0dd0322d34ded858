/** The steps of a change at which a torture test may end the process, in the order they are reached. */
export const crashPoints = [
  "before_prepared",
  "after_prepared",
  "after_sent",
  "in_flight",
  "after_answer",
  "after_outcome",
  "after_reread",
] as const;
export type CrashPoint = (typeof crashPoints)[number];
