"use client";

import { useRef } from "react";
import type { AccountRow } from "@/lib/domain/inventory-view";
import type { AccountQueryState } from "./use-account-query";

/** More ids than this would make an address that servers and chat programs cut. */
export const SELECTION_MAX = 200;

/** The selected accounts, kept in the address. Holding shift selects from the last pressed row to this one. */
export function useSelection({ selected, setState }: AccountQueryState, rows: readonly AccountRow[]) {
  const ids = new Set(selected);
  const anchor = useRef<number | null>(null);
  const choosable = rows.filter((row) => !row.own);
  const onPage = choosable.filter((row) => ids.has(row.id)).length;

  const set = (next: Set<number>) => setState({ selected: next.size === 0 ? null : [...next].slice(0, SELECTION_MAX) });

  function toggle(id: number, index: number, event: Event) {
    const next = new Set(ids);
    const add = !ids.has(id);
    const range = "shiftKey" in event && event.shiftKey && anchor.current !== null ? anchor.current : index;
    for (const row of rows.slice(Math.min(range, index), Math.max(range, index) + 1)) {
      if (row.own) continue;
      if (add) next.add(row.id);
      else next.delete(row.id);
    }
    anchor.current = index;
    return set(next);
  }

  function togglePage() {
    const next = new Set(ids);
    for (const row of choosable) {
      if (onPage === choosable.length) next.delete(row.id);
      else next.add(row.id);
    }
    return set(next);
  }

  return {
    ids,
    toggle,
    togglePage,
    clear: () => setState({ selected: null }),
    page: onPage === 0 ? ("none" as const) : onPage === choosable.length ? ("all" as const) : ("some" as const),
    full: ids.size >= SELECTION_MAX,
  };
}
export type Selection = ReturnType<typeof useSelection>;
