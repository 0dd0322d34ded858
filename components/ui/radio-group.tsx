"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import { type ReactNode, useId } from "react";
import { ChoiceLabel, type ChoiceNames } from "./choice-label";

export type RadioOption<Value extends string = string> = {
  value: Value;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
};

type RadioGroupProps<Value extends string> = {
  options: readonly RadioOption<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  /** The accessible name, where no FieldGroup gives one. */
  label?: string;
  /** "segments" draws a row of short choices, "list" one line each with its description. */
  appearance?: "list" | "segments";
  name?: string;
  disabled?: boolean;
};

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { options, value, onValueChange, label, appearance = "list", name, disabled } = props;
  const segments = appearance === "segments";
  return (
    <Base<Value | null>
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      aria-label={label}
      name={name}
      disabled={disabled}
      className={segments ? "flex flex-wrap gap-1.5" : "grid gap-2"}
    >
      {options.map((option) =>
        segments ? (
          <Segment key={option.value} option={option} />
        ) : (
          <ChoiceLabel
            key={option.value}
            control={(names) => <Dot value={option.value} disabled={option.disabled} names={names} />}
            label={option.label}
            description={option.description}
            disabled={disabled || option.disabled}
          />
        ),
      )}
    </Base>
  );
}

type DotProps = { value: string; disabled: boolean | undefined; names: Partial<ChoiceNames>; hidden?: boolean };

function Dot({ value, disabled, names, hidden }: DotProps) {
  const id = useId();
  return (
    <Radio.Root
      {...names}
      id={id}
      value={value}
      disabled={disabled}
      className={
        hidden
          ? "absolute inset-0 opacity-0"
          : "relative flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface before:absolute before:-inset-1.5 hover:border-ink-muted data-checked:border-accent-fill data-disabled:opacity-50"
      }
    >
      <Radio.Indicator className="size-2 rounded-full bg-accent-fill" />
    </Radio.Root>
  );
}

function Segment({ option }: { option: RadioOption }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the radio is inside
    <label
      id={id}
      className="relative flex h-8 cursor-pointer select-none items-center rounded-md border border-line-strong/60 bg-surface px-3 hover:bg-hover has-data-checked:border-accent has-data-checked:bg-accent-soft has-data-disabled:cursor-not-allowed has-data-checked:font-medium has-data-checked:text-accent has-data-disabled:text-ink-disabled has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
    >
      <Dot value={option.value} disabled={option.disabled} names={{ "aria-labelledby": id }} hidden />
      {option.label}
    </label>
  );
}
