import type { ReactNode } from "react";
import { cx } from "./cx";

type ChoiceLabelProps = {
  control: ReactNode;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean | undefined;
};

/** The words beside a checkbox, a radio or a switch; pressing them chooses. */
export function ChoiceLabel({ control, label, description, disabled }: ChoiceLabelProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is given by the caller
    <label
      className={cx(
        "flex min-h-6 items-start gap-2",
        disabled ? "cursor-not-allowed text-ink-disabled" : "cursor-pointer",
      )}
    >
      <span className="flex h-5 items-center">{control}</span>
      <span className="min-w-0">
        <span className="block">{label}</span>
        {description ? <span className="block text-ink-muted text-sm">{description}</span> : null}
      </span>
    </label>
  );
}
