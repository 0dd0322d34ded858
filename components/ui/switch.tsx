"use client";

import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";
import { ChoiceLabel, type ChoiceNames } from "./choice-label";

type SwitchProps = {
  label: ReactNode;
  description?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  name?: string;
};

/** For what takes effect at once; a form that is sent uses a checkbox. */
export function Switch({ label, description, checked, onCheckedChange, disabled, name }: SwitchProps) {
  const control = (names: ChoiceNames) => (
    <Base.Root
      {...names}
      checked={checked}
      onCheckedChange={onCheckedChange}
      disabled={disabled}
      name={name}
      className="relative flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors before:absolute before:-inset-1 data-checked:border-accent-fill data-checked:bg-accent-fill data-disabled:opacity-50"
    >
      <Base.Thumb className="size-3.5 rounded-full bg-ink-muted transition-transform data-checked:translate-x-4 data-checked:bg-on-accent" />
    </Base.Root>
  );
  return <ChoiceLabel control={control} label={label} description={description} disabled={disabled} />;
}
