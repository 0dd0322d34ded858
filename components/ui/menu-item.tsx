"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { optionStyle } from "./control-style";
import { cx } from "./cx";

type MenuItemProps = {
  children: ReactNode;
  icon?: ReactNode;
  onSelect?: () => void;
  danger?: boolean;
  /** Why it cannot be chosen now; written below the label. */
  disabledReason?: string | undefined;
  /** At the far end: a shortcut or a count. */
  trailing?: ReactNode;
};

export function MenuItem({ children, icon, onSelect, danger, disabledReason, trailing }: MenuItemProps) {
  return (
    <Base.Item
      onClick={onSelect}
      disabled={Boolean(disabledReason)}
      className={cx(optionStyle, danger && "not-data-disabled:text-error")}
    >
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block">{children}</span>
        {disabledReason ? <span className="block text-pretty text-ink-muted text-sm">{disabledReason}</span> : null}
      </span>
      {trailing ? <span className="text-ink-muted">{trailing}</span> : null}
    </Base.Item>
  );
}

type MenuCheckboxItemProps = { children: ReactNode; checked: boolean; onCheckedChange: (checked: boolean) => void };

export function MenuCheckboxItem({ children, checked, onCheckedChange }: MenuCheckboxItemProps) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onCheckedChange} className={optionStyle}>
      <span className="flex size-4">
        <Base.CheckboxItemIndicator className="text-accent">
          <Check aria-hidden />
        </Base.CheckboxItemIndicator>
      </span>
      {children}
    </Base.CheckboxItem>
  );
}

type MenuRadioGroupProps<Value extends string> = {
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[];
};

export function MenuRadioGroup<Value extends string>({ value, onValueChange, options }: MenuRadioGroupProps<Value>) {
  return (
    <Base.RadioGroup
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onValueChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className={optionStyle}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator className="text-accent">
            <Check aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}
