"use client";

import { useEffect } from "react";

type Paged = { size: number; setState: (state: { page: number }) => unknown };

/** An address that names a page beyond the last, after rows went away, leads to the last one. */
export function useLastPage({ size, setState }: Paged, page: { rows: unknown[]; total: number } | undefined) {
  const beyond = page !== undefined && page.rows.length === 0 && page.total > 0;
  const last = beyond ? Math.ceil(page.total / size) : null;
  useEffect(() => {
    if (last !== null) setState({ page: last });
  }, [last, setState]);
}
