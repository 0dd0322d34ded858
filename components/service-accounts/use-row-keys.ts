"use client";

import { type KeyboardEvent, type RefObject, useCallback, useRef } from "react";

const steps: Record<string, (index: number, count: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
  PageDown: (index) => index + 10,
  PageUp: (index) => index - 10,
};

/** Arrows, Home, End and Page keys move between the links of the rows; Enter on a link opens it as links do. */
export function useRowKeys(scroller: RefObject<HTMLElement | null>, reveal: (index: number) => void, count: number) {
  // The focus follows with the next frame; keys that come sooner go on from where it is going.
  const going = useRef<number | null>(null);
  return useCallback(
    (event: KeyboardEvent) => {
      const step = steps[event.key];
      const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-row-index]") : null;
      if (!step || !row || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      const from = going.current ?? Number(row.dataset.rowIndex);
      const index = Math.min(count - 1, Math.max(0, step(from, count)));
      reveal(index);
      going.current = index;
      requestAnimationFrame(() => {
        if (going.current === index) going.current = null;
        scroller.current?.querySelector<HTMLElement>(`[data-row-index="${index}"] [data-row-link]`)?.focus();
      });
    },
    [scroller, reveal, count],
  );
}
