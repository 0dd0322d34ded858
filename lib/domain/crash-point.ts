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

/** The further steps of rotating the console's own credential, and of cancelling that. */
export const rotationCrashPoints = [
  "rotation_started",
  "rotation_issued",
  "rotation_verified",
  "rotation_switched",
  "rotation_deleted",
  "rotation_cancelling",
] as const;
export type RotationCrashPoint = (typeof rotationCrashPoints)[number];

/** The further steps of rotating a service account, of revoking a leaked one, and of cancelling. */
export const accountRotationCrashPoints = [
  "account_rotation_started",
  "account_rotation_revoked",
  "account_rotation_issued",
  "account_rotation_reissuing",
  "account_rotation_quarantining",
  "account_rotation_quarantined",
  "account_rotation_restored",
  "account_rotation_deleted",
  "account_rotation_cancelling",
] as const;
export type AccountRotationCrashPoint = (typeof accountRotationCrashPoints)[number];

export type AnyCrashPoint = CrashPoint | RotationCrashPoint | AccountRotationCrashPoint;
export const allCrashPoints: readonly AnyCrashPoint[] = [
  ...crashPoints,
  ...rotationCrashPoints,
  ...accountRotationCrashPoints,
];
