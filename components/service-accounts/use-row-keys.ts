"use client";

import { type KeyboardEvent, type RefObject, useCallback } from "react";

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
  return useCallback(
    (event: KeyboardEvent) => {
      const step = steps[event.key];
      const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-row-index]") : null;
      if (!step || !row || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      const index = Math.min(count - 1, Math.max(0, step(Number(row.dataset.rowIndex), count)));
      reveal(index);
      requestAnimationFrame(() => {
        scroller.current?.querySelector<HTMLElement>(`[data-row-index="${index}"] [data-row-link]`)?.focus();
      });
    },
    [scroller, reveal, count],
  );
}
