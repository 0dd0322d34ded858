import { cx } from "./cx";
import { VisuallyHidden } from "./visually-hidden";

/** Holds the place of what is coming; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx("animate-appear-late rounded-sm bg-line", className)} />;
}

const widths = ["w-2/5", "w-3/5", "w-1/3", "w-1/2"];

/** Rows of the height of a table's; the label is announced. */
export function SkeletonRows({ rows = 8, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div role="status" className="divide-y divide-line">
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-9 items-center gap-6 px-3">
          <Skeleton className={cx("h-3", widths[row % widths.length])} />
          <Skeleton className="ml-auto h-3 w-24" />
        </div>
      ))}
    </div>
  );
}
