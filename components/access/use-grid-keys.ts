"use client";

import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from "react";

/** A place in the grid; row -1 is its head, column -1 the names of its rows. */
export type Place = { row: number; column: number };

const steps: Record<string, (at: Place, last: Place) => Place> = {
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  PageDown: ({ row, column }) => ({ row: row + 10, column }),
  PageUp: ({ row, column }) => ({ row: Math.max(row - 10, Math.min(row, 0)), column }),
  Home: ({ row }) => ({ row, column: row < 0 ? 0 : -1 }),
  End: ({ row }, last) => ({ row, column: last.column }),
};

function within({ row, column }: Place, last: Place, from: Place): Place {
  const next = {
    row: Math.min(last.row, Math.max(-1, row)),
    column: Math.min(last.column, Math.max(-1, column)),
  };
  // Nothing stands in the corner.
  return next.row < 0 && next.column < 0 ? from : next;
}

function placeOf(cell: HTMLElement): Place {
  const [row = 0, column = 0] = (cell.dataset.place ?? "").split(":").map(Number);
  return { row, column };
}

export const placeName = ({ row, column }: Place) => `${row}:${column}`;

/** Where the focus is in a grid, and the keys that move it; `reveal` draws what is not in sight. */
export function useGridKeys(scroller: RefObject<HTMLElement | null>, last: Place, reveal: (place: Place) => void) {
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  // The focus follows with the next frame; keys that come sooner go on from where it is going.
  const going = useRef<Place | null>(null);
  const { row: lastRow, column: lastColumn } = last;
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-place]") : null;
      const step = steps[event.key];
      if (!step || !cell || event.metaKey || event.altKey || event.shiftKey) return;
      const { row, column } = going.current ?? placeOf(cell);
      const end = { row: lastRow, column: lastColumn };
      const corner = event.key === "Home" ? { row: 0, column: 0 } : end;
      const wanted = event.ctrlKey ? corner : step({ row, column }, end);
      if (event.ctrlKey && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const next = within(wanted, end, { row, column });
      setAt(next);
      reveal(next);
      going.current = next;
      requestAnimationFrame(() => {
        if (going.current === next) going.current = null;
        scroller.current?.querySelector<HTMLElement>(`[data-place="${placeName(next)}"]`)?.focus();
      });
    },
    [scroller, lastRow, lastColumn, reveal],
  );
  return { at, setAt, onKeyDown };
}
