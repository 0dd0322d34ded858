import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { RotationPhase } from "@/lib/domain/rotation";
import type { RotationView } from "@/lib/domain/rotation-view";

export const phaseWords: Record<RotationPhase, string> = {
  revoke: "Revoke",
  issue: "Issue",
  hand_over: "Hand over",
  prove: "Prove",
  overlap: "Overlap",
  watch: "Watch",
  quarantine: "Quarantine",
  cancelling: "Cancelling",
  ended: "Ended",
};

const tones: Partial<Record<RotationPhase, Tone>> = { revoke: "error", issue: "warning", cancelling: "warning" };
const endings = {
  predecessor_deleted: { tone: "accent", word: "Predecessor deleted" },
  predecessor_kept: { tone: "neutral", word: "Both kept" },
  cancelled: { tone: "neutral", word: "Cancelled" },
} as const;

/** Where a rotation stands, or how it ended. */
export function PhaseBadge({
  rotation,
}: {
  rotation: Pick<RotationView, "phase" | "outcome" | "can" | "predecessor">;
}) {
  const { phase, outcome, can, predecessor } = rotation;
  if (outcome !== null) return <Badge tone={endings[outcome].tone}>{endings[outcome].word}</Badge>;
  if (can.delete === null && predecessor.exists) return <Badge tone="accent">Ready to delete</Badge>;
  return <Badge tone={tones[phase] ?? "notice"}>{phaseWords[phase]}</Badge>;
}
