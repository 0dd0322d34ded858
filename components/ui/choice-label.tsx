import { Field } from "@base-ui/react/field";
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
    // An item of its own: inside one field all choices would otherwise share the first one's name.
    <Field.Item
      // biome-ignore lint/a11y/noLabelWithoutControl: the control is given by the caller
      render={<label />}
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
    </Field.Item>
  );
}
