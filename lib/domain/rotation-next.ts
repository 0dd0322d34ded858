import type { RotationPhase } from "./rotation";
import type { RotationEvidence } from "./rotation-evidence";

export type Next = { text: string; who: string | null; due: string | null };
type Subject = {
  phase: RotationPhase;
  kind: "planned" | "leak";
  predecessor: string;
  replacement: string;
  /** Who has the secret, whose account it is, and who began. */
  issuedBy: string | null;
  owner: string | null;
  startedBy: string;
  handOverDue: string;
  overlapUntil: string | null;
  deleting: boolean;
  deletable: boolean;
};

const anyManager = "A manager";

/** What is to be done next, by whom and by when; `due` is when it opens where there is nothing to do but wait. */
export function nextOf(rotation: Subject, evidence: RotationEvidence): Next {
  const { phase, predecessor, replacement, owner, startedBy, handOverDue } = rotation;
  if (phase === "ended") return { text: "Nothing is left to do.", who: null, due: null };
  if (rotation.deleting)
    return { text: `Go on: ${predecessor} is being deleted, or was interrupted.`, who: anyManager, due: null };
  switch (phase) {
    case "revoke":
      return {
        text: `Revoke ${predecessor}: its deletion has not been confirmed yet.`,
        who: anyManager,
        due: handOverDue,
      };
    case "issue":
      return { text: `Issue the replacement ${replacement}.`, who: startedBy, due: handOverDue };
    case "hand_over":
      return {
        text: `Put the secret of ${replacement} where ${predecessor} is used, then say so here.`,
        who: owner ?? rotation.issuedBy ?? startedBy,
        due: handOverDue,
      };
    case "prove":
      return { text: `Wait until ${replacement} is seen in use.`, who: owner, due: handOverDue };
    case "overlap":
      return {
        text: "Both work side by side; whoever has not switched yet does so now.",
        who: owner,
        due: rotation.overlapUntil,
      };
    case "watch":
    case "quarantine":
      return afterOverlap(rotation, evidence);
    case "cancelling":
      return { text: "Go on with cancelling: it was interrupted.", who: anyManager, due: null };
  }
}

function afterOverlap({ predecessor, replacement, owner, deletable }: Subject, evidence: RotationEvidence): Next {
  if (!evidence.predecessorExists) {
    return { text: `Finish: ${predecessor} was deleted elsewhere.`, who: anyManager, due: null };
  }
  if (deletable) return { text: `Delete ${predecessor}: the evidence is complete.`, who: anyManager, due: null };
  if (evidence.replacementUsedAt === null) {
    return {
      text: `Wait until ${replacement} is seen in use, or confirm the deletion of ${predecessor} by its name.`,
      who: owner,
      due: null,
    };
  }
  return {
    text: `Wait: ${predecessor} has to be silent for ${evidence.silentAfterDays} days.`,
    who: null,
    due: evidence.quietUntil,
  };
}
