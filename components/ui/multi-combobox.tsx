"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { X } from "lucide-react";
import { type Ref, useMemo, useRef } from "react";
import type { ListVirtualizer } from "./combobox-list";
import { type ComboboxOption, matchesQuery } from "./combobox-option";
import { ComboboxPopup, scrollToHighlighted } from "./combobox-popup";
import { controlStyle } from "./control-style";
import { cx } from "./cx";

type MultiComboboxProps = {
  options: readonly ComboboxOption[];
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  /** The accessible name, where no Field gives one. */
  label?: string;
  placeholder?: string;
  emptyText?: string;
  /** More chosen options than this are counted, not drawn. */
  maxChips?: number;
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  ref?: Ref<HTMLInputElement>;
  className?: string;
};

/** Several of many, found by typing; the chosen ones stand in the field. */
export function MultiCombobox(props: MultiComboboxProps) {
  const {
    options,
    values,
    label,
    placeholder = "Type to find…",
    emptyText = "Nothing matches.",
    maxChips = 12,
  } = props;
  const handle = useRef<ListVirtualizer | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const byValue = useMemo(() => new Map(options.map((option) => [option.value, option])), [options]);
  const selected = values.map((value) => byValue.get(value) ?? { value, label: value });
  return (
    <Base.Root<ComboboxOption, true>
      multiple
      virtualized
      items={options}
      value={selected}
      onValueChange={(chosen) => props.onValuesChange(chosen.map((option) => option.value))}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      itemToStringValue={(option) => option.value}
      filter={matchesQuery}
      autoHighlight
      onItemHighlighted={(_, { index, reason }) => scrollToHighlighted(handle.current, index, reason)}
      name={props.name}
      disabled={props.disabled}
    >
      <Base.Chips
        ref={frame}
        className={cx(
          controlStyle,
          "flex min-h-9 flex-wrap items-center gap-1 p-1 focus-within:border-accent",
          props.className,
        )}
      >
        {selected.slice(0, maxChips).map((option) => (
          <Base.Chip
            key={option.value}
            aria-label={option.label}
            className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm border border-line bg-sunken pl-1.5 text-sm"
          >
            <span className="truncate">{option.label}</span>
            <Base.ChipRemove
              aria-label={`Remove ${option.label}`}
              className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-muted hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </Base.ChipRemove>
          </Base.Chip>
        ))}
        {selected.length > maxChips ? (
          <span className="px-1 text-ink-muted text-sm">and {selected.length - maxChips} more</span>
        ) : null}
        <Base.Input
          ref={props.ref}
          aria-label={label}
          placeholder={selected.length === 0 ? placeholder : undefined}
          onBlur={props.onBlur}
          className="h-6 min-w-24 flex-1 bg-transparent px-1.5 outline-offset-4 placeholder:text-ink-muted"
        />
      </Base.Chips>
      <ComboboxPopup handle={handle} emptyText={emptyText} anchor={frame} />
    </Base.Root>
  );
}
