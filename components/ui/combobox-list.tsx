"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Check } from "lucide-react";
import { type RefObject, useImperativeHandle, useState } from "react";
import type { ComboboxOption } from "./combobox-option";
import { optionStyle } from "./control-style";
import { cx } from "./cx";

export type ListVirtualizer = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

const PADDING = 4;

/** Draws only the options that can be seen, so that thousands open at once. */
export function ComboboxList({ handle }: { handle: RefObject<ListVirtualizer | null> }) {
  const options = Base.useFilteredItems<ComboboxOption>();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: options.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (options[index]?.description ? 48 : 32),
    overscan: 8,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    scrollPaddingStart: PADDING,
    scrollPaddingEnd: PADDING,
  });
  useImperativeHandle(handle, () => virtualizer);

  const height = virtualizer.getTotalSize();
  return (
    <Base.List
      ref={setScroller}
      style={{ height: `min(20rem, ${height}px)` }}
      className="max-h-(--available-height) overflow-auto overscroll-contain outline-none"
    >
      <div role="presentation" className="relative" style={{ height }}>
        {virtualizer.getVirtualItems().map((row) => {
          const option = options[row.index];
          return option ? (
            <Base.Item
              key={option.value}
              ref={virtualizer.measureElement}
              data-index={row.index}
              index={row.index}
              value={option}
              disabled={option.disabled}
              aria-setsize={options.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)` }}
              className={cx(optionStyle, "absolute inset-x-1 top-0 grid grid-cols-[1fr_1rem]")}
            >
              <span className="min-w-0">
                <span className="block truncate">{option.label}</span>
                {option.description ? (
                  <span className="block truncate text-ink-muted text-sm">{option.description}</span>
                ) : null}
              </span>
              <Base.ItemIndicator className="text-accent">
                <Check aria-hidden />
              </Base.ItemIndicator>
            </Base.Item>
          ) : null;
        })}
      </div>
    </Base.List>
  );
}
