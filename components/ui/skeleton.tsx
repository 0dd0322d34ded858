import { cx } from "./cx";

/** Holds the place of what is coming; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx("animate-appear-late rounded-sm bg-line", className)} />;
}
