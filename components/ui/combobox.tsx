"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronsUpDown, X } from "lucide-react";
import { type Ref, useMemo, useRef } from "react";
import type { ListVirtualizer } from "./combobox-list";
import { type ComboboxOption, matchesQuery } from "./combobox-option";
import { ComboboxPopup, scrollToHighlighted } from "./combobox-popup";
import { controlStyle } from "./control-style";
import { cx } from "./cx";

type ComboboxProps = {
  options: readonly ComboboxOption[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  /** The accessible name, where no Field gives one. */
  label?: string;
  placeholder?: string;
  emptyText?: string;
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  ref?: Ref<HTMLInputElement>;
  className?: string;
};

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onValueChange, label, placeholder = "Type to find…", emptyText = "Nothing matches." } = props;
  const handle = useRef<ListVirtualizer | null>(null);
  const selected = useMemo(() => options.find((option) => option.value === value) ?? null, [options, value]);
  return (
    <Base.Root<ComboboxOption>
      virtualized
      items={options}
      value={selected}
      onValueChange={(option) => onValueChange(option?.value ?? null)}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      itemToStringValue={(option) => option.value}
      filter={matchesQuery}
      autoHighlight
      onItemHighlighted={(_, { index, reason }) => scrollToHighlighted(handle.current, index, reason)}
      name={props.name}
      disabled={props.disabled}
    >
      <div className={cx("relative", props.className)}>
        <Base.Input
          ref={props.ref}
          aria-label={label}
          placeholder={placeholder}
          onBlur={props.onBlur}
          className={cx(controlStyle, "h-9 w-full pr-16 pl-2.5")}
        />
        <span className="absolute top-1.5 right-1.5 flex gap-0.5 text-ink-muted">
          <Base.Clear
            aria-label="Clear"
            className="inline-flex size-6 items-center justify-center rounded-sm hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </Base.Clear>
          <Base.Trigger
            aria-label="Show options"
            className="inline-flex size-6 items-center justify-center rounded-sm hover:text-ink"
          >
            <ChevronsUpDown aria-hidden className="size-4" />
          </Base.Trigger>
        </span>
      </div>
      <ComboboxPopup handle={handle} emptyText={emptyText} />
    </Base.Root>
  );
}
