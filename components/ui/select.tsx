"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { Ref } from "react";
import { controlStyle, optionStyle, popupStyle } from "./control-style";
import { cx } from "./cx";
import { useOverlayContainer } from "./overlay-host";

export type SelectOption<Value extends string = string> = {
  value: Value;
  label: string;
  description?: string;
  disabled?: boolean;
};

type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  /** The accessible name, where no Field gives one. */
  label?: string;
  placeholder?: string;
  size?: "sm" | "md";
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
};

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onValueChange, label, placeholder = "Choose…", size = "md", className } = props;
  return (
    <Base.Root<Value>
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      name={props.name}
      disabled={props.disabled}
    >
      <Base.Trigger
        ref={props.ref}
        aria-label={label}
        onBlur={props.onBlur}
        className={cx(
          controlStyle,
          "inline-flex min-w-0 items-center justify-between gap-2 text-left",
          size === "sm" ? "h-8 pr-1.5 pl-2" : "h-9 pr-2 pl-2.5",
          className,
        )}
      >
        <Base.Value className="truncate data-placeholder:text-ink-muted" placeholder={placeholder} />
        <Base.Icon className="shrink-0 text-ink-muted">
          <ChevronsUpDown aria-hidden className="size-4" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal container={useOverlayContainer()}>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={cx(popupStyle, "min-w-(--anchor-width) max-w-[min(24rem,var(--available-width))]")}>
            <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto p-1">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  label={option.label}
                  disabled={option.disabled}
                  className={cx(optionStyle, "grid grid-cols-[1fr_1rem]")}
                >
                  <span className="min-w-0">
                    <Base.ItemText className="block">{option.label}</Base.ItemText>
                    {option.description ? (
                      <span className="block text-ink-muted text-sm">{option.description}</span>
                    ) : null}
                  </span>
                  <Base.ItemIndicator className="text-accent">
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
