"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button";
import { pageRange } from "./page-range";
import { Select } from "./select";

type PaginationProps = {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  /** The rows above are still those of the page before; the range goes on naming what is seen. */
  waiting: boolean;
  onPageChange: (page: number) => void;
  onPageSizeChange?: (pageSize: number) => void;
  pageSizes?: readonly number[];
  /** What the table is about, for the name of the landmark. */
  label: string;
};

export function Pagination(props: PaginationProps) {
  const { page, pageSize, total, waiting, onPageChange, onPageSizeChange, label } = props;
  const { pageSizes = [25, 50, 100, 250] } = props;
  const { first, last, pages, current } = pageRange({ page, pageSize, total });
  const asked = total === 0 ? "0" : `${first.toLocaleString("en")}–${last.toLocaleString("en")}`;
  const [seen, setSeen] = useState(asked);
  if (!waiting && seen !== asked) setSeen(asked);
  const options = pageSizes.map((size) => ({ value: String(size), label: `${size} per page` }));
  return (
    <nav
      aria-label={`Pages of ${label}`}
      aria-busy={waiting || undefined}
      className="flex flex-wrap items-center justify-between gap-2"
    >
      <p aria-live="polite" className="text-ink-muted">
        {waiting ? seen : asked} of {total.toLocaleString("en")}
      </p>
      <div className="flex items-center gap-1">
        {onPageSizeChange ? (
          <Select
            size="sm"
            label="Rows per page"
            options={options}
            value={String(pageSize)}
            onValueChange={(value) => onPageSizeChange(Number(value))}
            className="mr-2"
          />
        ) : null}
        <IconButton
          label="Previous page"
          icon={<ChevronLeft aria-hidden />}
          disabledReason={current <= 1 ? "this is the first page" : undefined}
          onClick={() => onPageChange(current - 1)}
        />
        <span className="min-w-14 text-center text-ink-muted">
          {current} / {pages}
        </span>
        <IconButton
          label="Next page"
          icon={<ChevronRight aria-hidden />}
          disabledReason={current >= pages ? "this is the last page" : undefined}
          onClick={() => onPageChange(current + 1)}
        />
      </div>
    </nav>
  );
}
