"use client";

import { Progress } from "@base-ui/react/progress";
import { cx } from "./cx";

type ProgressBarProps = {
  label: string;
  value: number;
  /** null: how much there is is not known yet. */
  max: number | null;
  /** What is counted: "12 of 24 projects". */
  unit?: string;
  className?: string;
};

export function ProgressBar({ label, value, max, unit, className }: ProgressBarProps) {
  const words = max === null ? "Counting…" : [`${value} of ${max}`, unit].filter(Boolean).join(" ");
  return (
    <Progress.Root
      value={max === null ? null : value}
      max={max ?? 100}
      getAriaValueText={() => words}
      className={cx("grid gap-1", className)}
    >
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <Progress.Label className="text-ink">{label}</Progress.Label>
        <span aria-hidden className="text-ink-muted">
          {words}
        </span>
      </div>
      <Progress.Track className="h-1.5 overflow-hidden rounded-full bg-line">
        <Progress.Indicator className="h-full bg-accent transition-[width] data-indeterminate:w-1/3" />
      </Progress.Track>
    </Progress.Root>
  );
}
