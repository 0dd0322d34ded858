"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Plus, X } from "lucide-react";
import { type Ref, useMemo, useRef } from "react";
import type { ListVirtualizer } from "./combobox-list";
import { type ComboboxOption, matchesQuery } from "./combobox-option";
import { ComboboxPopup, scrollToHighlighted } from "./combobox-popup";
import { controlStyle } from "./control-style";
import { cx } from "./cx";
import { useEarlyTyping } from "./use-early-typing";

type MultiComboboxProps = {
  options: readonly ComboboxOption[];
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  /** The accessible name, where no Field gives one. */
  label?: string;
  placeholder?: string;
  searchLabel?: string;
  emptyText?: string;
  /** More chosen options than this are counted, not drawn. */
  maxChips?: number;
  name?: string;
  disabled?: boolean;
  onBlur?: () => void;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
};

/** Several of many, found by typing; the chosen ones stand in the field. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { options, values, onValuesChange, label, placeholder = "Choose…", maxChips = 12 } = props;
  const handle = useRef<ListVirtualizer | null>(null);
  const typing = useEarlyTyping();
  const frame = useRef<HTMLDivElement>(null);
  const byValue = useMemo(() => new Map(options.map((option) => [option.value, option])), [options]);
  const selected = values.map((value) => byValue.get(value) ?? { value, label: value });
  return (
    <Base.Root<ComboboxOption, true>
      multiple
      virtualized
      {...typing.root}
      items={options}
      value={selected}
      onValueChange={(chosen) => onValuesChange(chosen.map((option) => option.value))}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      itemToStringValue={(option) => option.value}
      filter={matchesQuery}
      autoHighlight
      onItemHighlighted={(_, { index, reason }) => scrollToHighlighted(handle.current, index, reason)}
      name={props.name}
      disabled={props.disabled}
    >
      <div ref={frame} className={cx(controlStyle, "flex min-h-9 flex-wrap items-center gap-1 p-1", props.className)}>
        {selected.slice(0, maxChips).map((option) => (
          <span
            key={option.value}
            className="inline-flex h-6.5 max-w-full items-center rounded-sm border border-line bg-sunken pl-1.5 text-sm"
          >
            <span className="truncate">{option.label}</span>
            <button
              type="button"
              aria-label={`Remove ${option.label}`}
              disabled={props.disabled}
              onClick={() => onValuesChange(values.filter((value) => value !== option.value))}
              className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-muted hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </span>
        ))}
        {maxChips > 0 && selected.length > maxChips ? (
          <span className="px-1 text-ink-muted text-sm">and {selected.length - maxChips} more</span>
        ) : null}
        <Base.Trigger
          {...typing.trigger}
          ref={props.ref}
          aria-label={label}
          onBlur={props.onBlur}
          className="inline-flex h-6.5 min-w-24 flex-1 items-center gap-1 rounded-sm px-1.5 text-left text-ink-muted outline-offset-0 hover:text-ink"
        >
          <Plus aria-hidden className="size-4" />
          {placeholder}
        </Base.Trigger>
      </div>
      <ComboboxPopup
        handle={handle}
        searchLabel={props.searchLabel ?? "Type to find"}
        emptyText={props.emptyText ?? "Nothing matches."}
        anchor={frame}
      />
    </Base.Root>
  );
}
