"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { ChoiceLabel, type ChoiceNames } from "./choice-label";

export type CheckboxProps = {
  checked: boolean;
  /** The event tells whether shift was held, for choosing a range. */
  onCheckedChange: (checked: boolean, event: Event) => void;
  indeterminate?: boolean;
  label: string;
  /** The label is only read out, for rows of a table. */
  hideLabel?: boolean;
  description?: ReactNode;
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  ref?: Ref<HTMLInputElement>;
};

export function Checkbox(props: CheckboxProps) {
  const box = (names?: ChoiceNames) => (
    <Base.Root
      {...names}
      checked={props.checked}
      indeterminate={props.indeterminate}
      onCheckedChange={(checked, { event }) => props.onCheckedChange(checked, event)}
      aria-label={props.hideLabel ? props.label : undefined}
      name={props.name}
      disabled={props.disabled}
      onBlur={props.onBlur}
      inputRef={props.ref}
      className="relative flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-on-accent before:absolute before:-inset-1.5 hover:border-ink-muted data-checked:border-accent-fill data-indeterminate:border-accent-fill data-invalid:border-error data-checked:bg-accent-fill data-indeterminate:bg-accent-fill data-disabled:opacity-50"
    >
      <Base.Indicator className="flex">
        {props.indeterminate ? (
          <Minus aria-hidden className="size-3" strokeWidth={3} />
        ) : (
          <Check aria-hidden className="size-3" strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (props.hideLabel) return box();
  return <ChoiceLabel control={box} label={props.label} description={props.description} disabled={props.disabled} />;
}
