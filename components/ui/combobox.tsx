"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronsUpDown, X } from "lucide-react";
import { type Ref, useMemo, useRef } from "react";
import type { ListVirtualizer } from "./combobox-list";
import { type ComboboxOption, matchesQuery } from "./combobox-option";
import { ComboboxPopup, scrollToHighlighted } from "./combobox-popup";
import { controlStyle } from "./control-style";
import { cx } from "./cx";
import { useEarlyTyping } from "./use-early-typing";

type ComboboxProps = {
  options: readonly ComboboxOption[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  /** The accessible name, where no Field gives one. */
  label?: string;
  placeholder?: string;
  searchLabel?: string;
  emptyText?: string;
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
};

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onValueChange, label, placeholder = "Choose…", searchLabel = "Type to find" } = props;
  const handle = useRef<ListVirtualizer | null>(null);
  const typing = useEarlyTyping();
  const selected = useMemo(() => options.find((option) => option.value === value) ?? null, [options, value]);
  return (
    <Base.Root<ComboboxOption>
      virtualized
      {...typing.root}
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
        <Base.Trigger
          {...typing.trigger}
          ref={props.ref}
          aria-label={label}
          onBlur={props.onBlur}
          className={cx(controlStyle, "flex h-9 w-full items-center pr-16 pl-2.5 text-left")}
        >
          <span className={cx("truncate", !selected && "text-ink-muted")}>{selected?.label ?? placeholder}</span>
          <ChevronsUpDown aria-hidden className="absolute top-2.5 right-2 size-4 text-ink-muted" />
        </Base.Trigger>
        <Base.Clear
          aria-label="Clear"
          className="absolute top-1.5 right-7 inline-flex size-6 items-center justify-center rounded-sm text-ink-muted hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </Base.Clear>
      </div>
      <ComboboxPopup handle={handle} searchLabel={searchLabel} emptyText={props.emptyText ?? "Nothing matches."} />
    </Base.Root>
  );
}
