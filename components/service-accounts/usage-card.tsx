"use client";

import { formatDate } from "@/components/ui/format-relative-time";
import { useRemoteNow } from "@/components/ui/now-provider";
import { SectionCard } from "@/components/ui/section-card";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { UsageSparkline } from "./usage-sparkline";
import { isSilentNow, usageWords } from "./usage-words";

/** When the account was used, as far as it was watched, and what is to be expected of it. */
export function UsageCard({ detail: { usage } }: { detail: Pick<AccountDetail, "usage"> }) {
  const now = useRemoteNow();
  const words = usageWords(usage, now);
  const expected =
    usage.silentFrom !== null && !isSilentNow(usage, now)
      ? ` Not used before ${formatDate(usage.silentFrom)}, it will be silent beyond its rhythm.`
      : "";
  return (
    <SectionCard title="Use over twelve months" description={`${words[0]?.toUpperCase()}${words.slice(1)}.${expected}`}>
      <div className="grid max-w-140 gap-1">
        <UsageSparkline usage={usage} wide />
        <p className="flex justify-between text-ink-muted text-sm">
          <span>a year ago</span>
          <span>today</span>
        </p>
        <p className="text-ink-muted text-sm">
          Mixpanel tells the last use only. Each day is noted when a sync reads it, so days before the first sync are
          not known.
        </p>
      </div>
    </SectionCard>
  );
}
