import { z } from "zod";
import type { RotationEvidence } from "./rotation-evidence";

/** `leak`: the predecessor is revoked before anything else. */
export const rotationKinds = ["planned", "leak"] as const;
export const rotationKindSchema = z.enum(rotationKinds);

/** The steps a row can stand at, in their order; `revoke` comes first after a leak, `cancelling` leads out. */
export const rotationSteps = ["revoke", "issue", "hand_over", "prove", "overlap", "quarantine", "cancelling"] as const;
export const rotationStepSchema = z.enum(rotationSteps);
export type RotationStep = z.infer<typeof rotationStepSchema>;

/** The same as people see them: an overlap that is over has become watching. */
export const rotationPhases = [...rotationSteps, "watch", "ended"] as const;
export const rotationPhaseSchema = z.enum(rotationPhases);
export type RotationPhase = z.infer<typeof rotationPhaseSchema>;

export const rotationOutcomes = ["predecessor_deleted", "predecessor_kept", "cancelled"] as const;
export const rotationOutcomeSchema = z.enum(rotationOutcomes);
export type RotationOutcome = z.infer<typeof rotationOutcomeSchema>;

/** `tried`: the console signed in with the secret. `used`: Mixpanel tells a use that was not the console's. */
export const proofKinds = ["tried", "used"] as const;
export const proofKindSchema = z.enum(proofKinds);

/** What of a rotation decides which steps may be taken. */
export type RotationStanding = {
  kind: z.infer<typeof rotationKindSchema>;
  step: RotationStep;
  /** Whether its deletion of the predecessor was sent, or is about to be, and its outcome is not settled. */
  deleting: boolean;
  replacementId: number | null;
  handedOverAt: string | null;
  provenAt: string | null;
  overlapUntil: string | null;
  quarantinedAt: string | null;
  endedAt: string | null;
};

export function phaseOf({ step, overlapUntil, endedAt }: RotationStanding, now: Date): RotationPhase {
  if (endedAt !== null) return "ended";
  return step === "overlap" && overlapUntil !== null && now.getTime() >= Date.parse(overlapUntil) ? "watch" : step;
}

export const rotationActions = [
  "issue",
  "reissue",
  "handOver",
  "quarantine",
  "restore",
  "delete",
  "override",
  "keep",
  "cancel",
] as const;
export type RotationAction = (typeof rotationActions)[number];

/** Why a step may not be taken now; null when it may. */
export type Refusal = string | null;
type Asked = (rotation: RotationStanding, evidence: RotationEvidence, now: Date) => Refusal;

const day = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** What ends all steps alike. */
function closed({ endedAt, deleting, step }: RotationStanding): Refusal {
  if (endedAt !== null) return "This rotation has ended.";
  if (deleting) return "The predecessor is being deleted.";
  return step === "cancelling" ? "This rotation is being cancelled." : null;
}

const notIssued: Refusal = "No replacement has been issued yet.";

/** Each step with the reason why it is not open: the service, the button and the disabled button's text ask the same. */
export const rotationCan: Record<RotationAction, Asked> = {
  issue: (rotation) =>
    closed(rotation) ?? (rotation.step === "issue" ? null : "A replacement has been issued already."),
  /** Throws the replacement away and issues another one. */
  reissue: (rotation) => closed(rotation) ?? (inHand(rotation) ? null : "There is no replacement to do again."),
  handOver: (rotation) =>
    closed(rotation) ?? (rotation.step === "hand_over" ? null : "There is nothing to hand over now."),
  quarantine: (rotation, evidence, now) => {
    const why = closed(rotation);
    if (why !== null) return why;
    if (rotation.step === "quarantine") return evidence.removable > 0 ? null : "All of it is taken away already.";
    if (phaseOf(rotation, now) !== "watch") return beforeWatch(rotation, now);
    if (!evidence.predecessorExists) return "The predecessor is gone.";
    return evidence.removable > 0
      ? null
      : "It holds nothing individually, so there is nothing that could be taken away.";
  },
  restore: (rotation) =>
    rotation.endedAt === null && !rotation.deleting && rotation.quarantinedAt !== null
      ? null
      : "Nothing was taken away.",
  /** Unlocked by evidence alone; `override` is the other way. */
  delete: (rotation, evidence, now) => {
    if (rotation.endedAt !== null || rotation.step === "cancelling") return closed(rotation);
    if (rotation.step === "revoke") return "A leaked secret is revoked on a typed confirmation only.";
    if (rotation.kind === "leak") return "The leaked secret was revoked already.";
    if (!inHand(rotation)) return notIssued;
    if (!evidence.predecessorExists) return null;
    if (rotation.provenAt === null) return "Nothing has shown yet that the replacement works.";
    if (phaseOf(rotation, now) === "overlap") return beforeWatch(rotation, now);
    if (evidence.predecessorExpired) return null;
    if (evidence.replacementUsedAt === null) return "The replacement has not been seen in use yet.";
    return evidence.silent ? null : whyNotSilent(evidence);
  },
  /** With the name typed and a fresh sign-in; nobody is kept from revoking an account. */
  override: (rotation) => {
    if (rotation.endedAt !== null || rotation.step === "cancelling") return closed(rotation);
    if (rotation.step === "revoke") return null;
    if (rotation.kind === "leak") return "The leaked secret was revoked already.";
    return inHand(rotation) ? null : notIssued;
  },
  keep: (rotation) => {
    const why = closed(rotation);
    if (why !== null) return why;
    if (rotation.kind === "leak") return "A leaked secret is not kept.";
    if (rotation.quarantinedAt !== null) return "Give its memberships back first.";
    return rotation.handedOverAt !== null ? null : "Nothing was handed over yet: cancel instead.";
  },
  cancel: (rotation) => {
    if (rotation.endedAt !== null) return closed(rotation);
    return rotation.deleting ? "The predecessor is being deleted." : null;
  },
};

/** Whether a replacement exists that the rotation counts on. */
function inHand({ step, replacementId }: RotationStanding): boolean {
  return replacementId !== null && step !== "issue" && step !== "revoke";
}

function beforeWatch({ step, overlapUntil }: RotationStanding, now: Date): string {
  if (step === "overlap" && overlapUntil !== null && now.getTime() < Date.parse(overlapUntil)) {
    return `Both work side by side until ${day(overlapUntil)}.`;
  }
  return "The replacement has to be proven and the overlap over first.";
}

function whyNotSilent({ predecessorUsedAt, quietUntil, seenAt }: RotationEvidence): string {
  const since = predecessorUsedAt === null ? "" : `The predecessor was last used on ${day(predecessorUsedAt)}. `;
  if (quietUntil === null) return "The predecessor is not being watched yet.";
  const seen = seenAt === null ? "never" : day(seenAt);
  return `${since}It has to be silent until ${day(quietUntil)}; Mixpanel was last read ${seen}.`;
}

/** What cancelling takes back. A replacement that may be in use somewhere is left alone. */
export function cancelUndoes(
  rotation: RotationStanding & { issuing: boolean },
  evidence: Pick<RotationEvidence, "replacementUsedAt">,
): { replacement: "none" | "deleted" | "kept"; memberships: boolean } {
  const memberships = rotation.quarantinedAt !== null;
  if (rotation.handedOverAt !== null || evidence.replacementUsedAt !== null)
    return { replacement: "kept", memberships };
  return { replacement: rotation.replacementId !== null || rotation.issuing ? "deleted" : "none", memberships };
}
