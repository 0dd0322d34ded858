"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useState } from "react";

type VirtualRowsProps<Item> = {
  items: readonly Item[];
  /** Draws one <tr> of `rowHeight`; give it the key and aria-rowindex={index + 2}. */
  renderRow: (item: Item, index: number) => ReactNode;
  /** The ref given to Table, which has a height of its own. */
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight?: number;
  /** Kept in sight when it changes, for arrow keys. */
  activeIndex?: number | null;
};

/** A <tbody> that draws only the rows that can be seen and a few around them. */
export function VirtualRows<Item>(props: VirtualRowsProps<Item>) {
  const { items, renderRow, scroller, rowHeight = 36, activeIndex = null } = props;
  // The frame's ref is set after the rows inside it have run their effects: only then can its scrolling be followed.
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  useEffect(() => setFrame(scroller.current), [scroller]);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame,
    estimateSize: () => rowHeight,
    overscan: 10,
    // The head is as high as a row and covers the first of them.
    scrollPaddingStart: rowHeight,
    initialRect: { width: 0, height: rowHeight * 20 },
  });

  useEffect(() => {
    if (activeIndex !== null && activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: "auto" });
  }, [activeIndex, virtualizer]);

  const rows = virtualizer.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <tbody>
      <Gap height={before} />
      {rows.map(({ index }) => {
        const item = items[index];
        return item === undefined ? null : renderRow(item, index);
      })}
      <Gap height={after} />
    </tbody>
  );
}

function Gap({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} /> : null;
}
