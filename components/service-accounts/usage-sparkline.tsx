"use client";

import { cx } from "@/components/ui/cx";
import { useRemoteNow } from "@/components/ui/now-provider";
import { USAGE_WEEKS, type UsageView } from "@/lib/domain/usage-view";
import { isSilentNow, usageWords } from "./usage-words";

const STEP = 3;
const HEIGHT = 20;
const WIDTH = USAGE_WEEKS * STEP;

/** Twelve months by week; a column's height is the days of that week with use. The same is said in words. */
export function UsageSparkline({ usage, wide = false }: { usage: UsageView; wide?: boolean }) {
  const now = useRemoteNow();
  const words = `Use over twelve months: ${usageWords(usage, now)}`;
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cx(
        wide ? "h-12 w-full max-w-140" : "h-5 w-26",
        isSilentNow(usage, now) ? "text-warning" : "text-accent",
      )}
    >
      <title>{words}</title>
      <rect y={HEIGHT - 1} width={WIDTH} height={1} className="fill-line" />
      {usage.weeks.map((days, week) =>
        days === 0 ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a week has no other name than its place
            key={week}
            x={week * STEP}
            y={HEIGHT - barHeight(days)}
            width={STEP - 1}
            height={barHeight(days)}
            fill="currentColor"
          />
        ),
      )}
    </svg>
  );
}

/** One day is seen, seven fill the height. */
function barHeight(days: number): number {
  return 4 + ((HEIGHT - 4) * days) / 7;
}
