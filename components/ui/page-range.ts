type PageRange = { first: number; last: number; pages: number; current: number };

/** Which rows (from 1) a page shows; a page beyond the last shows the last. */
export function pageRange({ page, pageSize, total }: { page: number; pageSize: number; total: number }): PageRange {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const current = Math.min(Math.max(1, Math.trunc(page)), pages);
  const first = total === 0 ? 0 : (current - 1) * pageSize + 1;
  return { first, last: Math.min(current * pageSize, total), pages, current };
}
