import type { RotationPhase } from "./rotation";
import type { RotationView } from "./rotation-view";

/** `at`: when it happened. `due`: by when it should. `since`: from when it is waited for. */
export type TimelineEntry = {
  id: string;
  title: string;
  state: "done" | "current" | "later" | "left_out";
  text: string;
  at: string | null;
  by: string | null;
  due: string | null;
};

const order: readonly RotationPhase[] = ["revoke", "issue", "hand_over", "prove", "overlap", "watch", "quarantine"];
type Told = Pick<TimelineEntry, "text"> & Partial<Pick<TimelineEntry, "at" | "by" | "due">> & { done: boolean };

/** What has happened, what is next and what comes later; a step that was left out says so. */
export function timelineOf(rotation: RotationView): TimelineEntry[] {
  const steps = rotation.kind === "leak" ? leakSteps(rotation) : plannedSteps(rotation);
  const started = entry("start", rotation.kind === "leak" ? "Leak reported" : "Started", "done", {
    done: true,
    text: `${rotation.predecessor.name} is to be replaced by ${rotation.replacement.name}.`,
    at: rotation.startedAt,
    by: rotation.startedBy,
  });
  const open = rotation.endedAt === null;
  const current = order.indexOf(rotation.phase);
  const entries = steps.map(([phase, title, told]) => {
    if (told.done) return entry(phase, title, "done", told);
    if (!open) return entry(phase, title, "left_out", told);
    const isCurrent = phase === rotation.phase || (phase === "delete" && current >= order.indexOf("watch"));
    return entry(phase, title, isCurrent ? "current" : "later", told);
  });
  return open ? [started, ...entries] : [started, ...entries.filter(({ state }) => state === "done"), endOf(rotation)];
}

function entry(id: string, title: string, state: TimelineEntry["state"], told: Told): TimelineEntry {
  const { text, at = null, by = null, due = null } = told;
  return { id, title, state, text, at, by, due };
}

type Step = [phase: string, title: string, told: Told];

function issueSteps(rotation: RotationView): Step[] {
  const { issuedAt, issuedBy, handedOverAt, handedOverBy, handOverDue, provenAt, provenHow, replacement } = rotation;
  const issued = issuedAt !== null && rotation.phase !== "issue";
  return [
    [
      "issue",
      "Issue the replacement",
      {
        done: issued,
        text: issued
          ? `${replacement.username ?? replacement.name} was created.`
          : `${replacement.name} is created at Mixpanel.`,
        at: issuedAt,
        by: issuedBy,
      },
    ],
    [
      "hand_over",
      "Hand the secret over",
      {
        done: handedOverAt !== null,
        text: handedOverAt
          ? handedOverBy
            ? "The new secret is in its place."
            : "The new secret was seen in use before anybody said so."
          : `The secret of ${replacement.name} is put where the old one is.`,
        at: handedOverAt,
        by: handedOverBy,
        due: handOverDue,
      },
    ],
    [
      "prove",
      "Prove that it works",
      {
        done: provenAt !== null,
        text:
          provenAt === null
            ? "Try it from the secret's dialog, or wait until Mixpanel tells a use."
            : provenHow === "tried"
              ? "Keywarden signed in with it."
              : "Mixpanel tells a use of it.",
        at: provenAt,
        due: handOverDue,
      },
    ],
  ];
}

function plannedSteps(rotation: RotationView): Step[] {
  const { phase, overlapUntil, evidence, predecessor, predecessorUsedAt, quarantinedAt } = rotation;
  const overlapOver = phase === "watch" || phase === "quarantine";
  const silent = evidence?.silent ?? false;
  const days = evidence?.silentAfterDays ?? 0;
  const quietUntil = evidence?.quietUntil ?? null;
  const steps: Step[] = [
    ...issueSteps(rotation),
    [
      "overlap",
      "Overlap",
      {
        done: overlapOver || (phase === "ended" && overlapUntil !== null),
        text: "Both work side by side, so that nobody is cut off while switching.",
        ...(overlapOver ? { at: overlapUntil } : { due: overlapUntil }),
      },
    ],
    [
      "watch",
      "Watch the predecessor",
      {
        done: overlapOver && silent,
        text: `${predecessorUsedAt ? "It was used again after the hand-over, so the quiet period began anew. " : ""}${predecessor.name} has to be silent for ${days} days${evidence?.byRhythm ? ", by its own rhythm" : ""}.`,
        at: overlapOver && silent ? quietUntil : predecessorUsedAt,
        due: quietUntil,
      },
    ],
  ];
  if (quarantinedAt !== null) {
    const text = `The memberships of ${predecessor.name} were taken away; they can be given back.`;
    steps.push(["quarantine", "Quarantine", { done: true, text, at: quarantinedAt }]);
  }
  const text = "Unlocked by the evidence, or by its typed name. A person does it, never a job.";
  steps.push(["delete", "Delete the predecessor", { done: false, text }]);
  return steps;
}

function leakSteps(rotation: RotationView): Step[] {
  const { phase, predecessor } = rotation;
  const revoked = phase !== "revoke";
  const text = revoked ? `${predecessor.username} was deleted; its secret is worth nothing.` : "It is deleted first.";
  return [["revoke", "Revoke the leaked secret", { done: revoked, text }], ...issueSteps(rotation)];
}

function endOf({ outcome, endedAt, endedBy, replacement, predecessor }: RotationView): TimelineEntry {
  const stays = replacement.exists ? `${replacement.name} stays.` : "There is no replacement any more.";
  const endings = {
    predecessor_deleted: `${predecessor.name} is deleted, ${replacement.name} has taken its place.`,
    predecessor_kept: "Both accounts stay.",
    cancelled: `Cancelled: ${predecessor.name} goes on as before. ${stays}`,
  };
  const text = outcome === null ? "Ended." : endings[outcome];
  return { id: "end", title: "Ended", state: "done", text, at: endedAt, by: endedBy, due: null };
}
