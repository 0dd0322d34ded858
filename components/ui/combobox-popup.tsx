"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import type { RefObject } from "react";
import { ComboboxList, type ListVirtualizer } from "./combobox-list";
import { popupStyle } from "./control-style";
import { cx } from "./cx";

type ComboboxPopupProps = {
  handle: RefObject<ListVirtualizer | null>;
  emptyText: string;
  anchor?: RefObject<HTMLElement | null>;
};

export function ComboboxPopup({ handle, emptyText, anchor }: ComboboxPopupProps) {
  return (
    <Base.Portal>
      <Base.Positioner anchor={anchor} sideOffset={4} className="z-50 outline-none">
        <Base.Popup className={cx(popupStyle, "w-(--anchor-width) max-w-(--available-width)")}>
          <Base.Empty className="text-ink-muted">
            <div className="p-3">{emptyText}</div>
          </Base.Empty>
          <Base.List>
            <ComboboxList handle={handle} />
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

/** Brings an option that the keyboard reached, but that is not drawn yet, into the drawn part. */
export function scrollToHighlighted(virtualizer: ListVirtualizer | null, index: number, reason: string): void {
  if (!virtualizer || index < 0 || reason === "pointer") return;
  queueMicrotask(() => virtualizer.scrollToIndex(index, { align: "auto" }));
}
