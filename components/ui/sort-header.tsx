"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { HeaderCell } from "./table";

export type SortDirection = "ascending" | "descending";

type SortHeaderProps = {
  children: ReactNode;
  /** null: sorted by another column. */
  direction: SortDirection | null;
  onSort: () => void;
  align?: "start" | "end" | undefined;
  className?: string;
};

const icons = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown };

export function SortHeader({ children, direction, onSort, align, className }: SortHeaderProps) {
  const Icon = icons[direction ?? "none"];
  return (
    <HeaderCell aria-sort={direction ?? "none"} align={align} className={className}>
      <button
        type="button"
        onClick={onSort}
        className={cx(
          "-mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 font-medium outline-offset-0 hover:text-ink",
          align === "end" && "flex-row-reverse",
          direction && "text-ink",
        )}
      >
        {children}
        <Icon aria-hidden className={cx("size-3.5", !direction && "opacity-50")} />
      </button>
    </HeaderCell>
  );
}
