import { CircleX, Clock, Infinity as InfinityIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { type ExpiryState, expiryState } from "@/lib/domain/service-account";

type Look = { tone: Tone; word: string; icon: ReactNode };

/** The ladder's words and colours, the same on list, detail, overview and timeline. */
export const expiryLooks: Record<ExpiryState, Look> = {
  expired: { tone: "error", word: "Expired", icon: <CircleX aria-hidden /> },
  critical: { tone: "critical", word: "Within 7 days", icon: <TriangleAlert aria-hidden /> },
  warning: { tone: "warning", word: "Within 30 days", icon: <TriangleAlert aria-hidden /> },
  notice: { tone: "notice", word: "Within 90 days", icon: <Clock aria-hidden /> },
  later: { tone: "quiet", word: "Later", icon: <Clock aria-hidden /> },
  never: { tone: "never", word: "Never expires", icon: <InfinityIcon aria-hidden /> },
};

export function ExpiryBadge({ expiresAt, now }: { expiresAt: string | null; now: Date }) {
  const look = expiryLooks[expiryState(expiresAt, now)];
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {look.word}
    </Badge>
  );
}
