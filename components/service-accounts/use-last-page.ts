"use client";

import { useEffect } from "react";
import type { AccountPage } from "@/lib/domain/inventory-view";
import type { AccountQueryState } from "./use-account-query";

/** An address that names a page beyond the last, after rows went away, leads to the last one. */
export function useLastPage({ query, setState }: AccountQueryState, page: AccountPage | undefined) {
  const beyond = page !== undefined && page.rows.length === 0 && page.total > 0;
  const last = beyond ? Math.ceil(page.total / query.size) : null;
  useEffect(() => {
    if (last !== null) setState({ page: last });
  }, [last, setState]);
}
