"use client";

import { Clock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { useRemoteNow } from "@/components/ui/now-provider";
import { type Tone, toneIcons } from "@/components/ui/tone";
import { type ExpiryState, expiryState } from "@/lib/domain/service-account";

/** The ladder's words and colours, the same on list, detail, overview and timeline. */
export const expiryLooks: Record<ExpiryState, { tone: Tone; word: string }> = {
  expired: { tone: "error", word: "Expired" },
  critical: { tone: "critical", word: "Within 7 days" },
  warning: { tone: "warning", word: "Within 30 days" },
  notice: { tone: "notice", word: "Within 90 days" },
  later: { tone: "quiet", word: "Later" },
  never: { tone: "never", word: "Never expires" },
};

export function ExpiryBadge({ expiresAt }: { expiresAt: string | null }) {
  const look = expiryLooks[expiryState(expiresAt, new Date(useRemoteNow()))];
  return (
    <Badge tone={look.tone} icon={toneIcons[look.tone] ?? <Clock aria-hidden />}>
      {look.word}
    </Badge>
  );
}
