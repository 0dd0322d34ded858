"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Search } from "lucide-react";
import type { RefObject } from "react";
import { ComboboxList, type ListVirtualizer } from "./combobox-list";
import { popupStyle } from "./control-style";
import { cx } from "./cx";
import { useOverlayContainer } from "./overlay-host";

type ComboboxPopupProps = {
  handle: RefObject<ListVirtualizer | null>;
  /** What is looked for, for the accessible name of the search field. */
  searchLabel: string;
  emptyText: string;
  anchor?: RefObject<HTMLElement | null>;
};

/** The search field stands in the popup, so that the page behind stays readable while it is open. */
export function ComboboxPopup({ handle, searchLabel, emptyText, anchor }: ComboboxPopupProps) {
  return (
    <Base.Portal container={useOverlayContainer()}>
      <Base.Positioner anchor={anchor} sideOffset={4} className="z-50 outline-none">
        <Base.Popup
          aria-label={searchLabel}
          className={cx(popupStyle, "w-(--anchor-width) min-w-56 max-w-(--available-width) overflow-hidden")}
        >
          <div className="relative border-line border-b">
            <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-ink-muted" />
            <Base.Input
              aria-label={searchLabel}
              placeholder={searchLabel}
              className="h-9 w-full bg-transparent pr-2.5 pl-8 -outline-offset-2 placeholder:text-ink-muted pointer-coarse:text-lg"
            />
          </div>
          <Base.Empty>
            <p className="p-3 text-ink-muted">{emptyText}</p>
          </Base.Empty>
          <ComboboxList handle={handle} />
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
