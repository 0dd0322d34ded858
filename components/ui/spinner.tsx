import { LoaderCircle } from "lucide-react";
import { cx } from "./cx";
import { VisuallyHidden } from "./visually-hidden";

/** Without a label it is decoration; with one it announces itself. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span role={label ? "status" : undefined} className={cx("inline-flex shrink-0", className)}>
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {label ? <VisuallyHidden>{label}</VisuallyHidden> : null}
    </span>
  );
}
