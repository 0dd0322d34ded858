"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "./icon-button";
import { pageRange } from "./page-range";
import { Select } from "./select";

type PaginationProps = {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  onPageChange: (page: number) => void;
  onPageSizeChange?: (pageSize: number) => void;
  pageSizes?: readonly number[];
  /** What the table is about, for the name of the landmark. */
  label: string;
};

export function Pagination(props: PaginationProps) {
  const { page, pageSize, total, onPageChange, onPageSizeChange, pageSizes = [25, 50, 100, 250], label } = props;
  const { first, last, pages, current } = pageRange({ page, pageSize, total });
  const options = pageSizes.map((size) => ({ value: String(size), label: `${size} per page` }));
  return (
    <nav aria-label={`Pages of ${label}`} className="flex flex-wrap items-center justify-between gap-2">
      <p aria-live="polite" className="text-ink-muted">
        {total === 0 ? "0" : `${first.toLocaleString("en")}–${last.toLocaleString("en")}`} of{" "}
        {total.toLocaleString("en")}
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
