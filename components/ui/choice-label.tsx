import { type ReactNode, useId } from "react";
import { cx } from "./cx";

/** Ties a control to its own words: inside one field all choices would otherwise carry the first one's name. */
export type ChoiceNames = { "aria-labelledby": string; "aria-describedby": string | undefined };

type ChoiceLabelProps = {
  control: (names: ChoiceNames) => ReactNode;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean | undefined;
};

/** The words beside a checkbox, a radio or a switch; pressing them chooses. */
export function ChoiceLabel({ control, label, description, disabled }: ChoiceLabelProps) {
  const id = useId();
  const names = { "aria-labelledby": `${id}-name`, "aria-describedby": description ? `${id}-about` : undefined };
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is given by the caller
    <label
      className={cx(
        "flex min-h-6 items-start gap-2",
        disabled ? "cursor-not-allowed text-ink-disabled" : "cursor-pointer",
      )}
    >
      <span className="flex h-5 items-center">{control(names)}</span>
      <span className="min-w-0">
        <span id={names["aria-labelledby"]} className="block">
          {label}
        </span>
        {description ? (
          <span id={names["aria-describedby"]} className="block text-ink-muted text-sm">
            {description}
          </span>
        ) : null}
      </span>
    </label>
  );
}
