"use client";

import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { type AccountQuery, accountSorts, pageSizes, sortOrders, usageFilters } from "@/lib/domain/list-query";
import { expiryStates } from "@/lib/domain/service-account";

export const optionalColumns = ["role", "projects", "created", "creator", "lastUsed", "expires"] as const;

const parsers = {
  search: parseAsString.withDefault(""),
  expiry: parseAsArrayOf(parseAsStringLiteral(expiryStates)).withDefault([]),
  role: parseAsArrayOf(parseAsString).withDefault([]),
  project: parseAsInteger,
  usage: parseAsArrayOf(parseAsStringLiteral(usageFilters)).withDefault([]),
  projects: parseAsStringLiteral(["none"] as const),
  sort: parseAsStringLiteral(accountSorts).withDefault("expires"),
  order: parseAsStringLiteral(sortOrders).withDefault("asc"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(50),
  hidden: parseAsArrayOf(parseAsStringLiteral(optionalColumns)).withDefault([]),
  selected: parseAsArrayOf(parseAsInteger).withDefault([]),
};

/** The list's whole state, kept in the address: what is asked of the server, the hidden columns and the selection. */
export function useAccountQuery() {
  const [state, setState] = useQueryStates(parsers, { history: "replace", throttleMs: 100 });
  const { hidden, selected, project, projects, ...rest } = state;
  const query: AccountQuery = {
    ...rest,
    page: Math.max(1, rest.page),
    project: project ?? undefined,
    projects: projects ?? undefined,
  };
  return { query, hidden, selected, setState };
}

export type AccountQueryState = ReturnType<typeof useAccountQuery>;

const noFilters = {
  search: null,
  expiry: null,
  role: null,
  project: null,
  usage: null,
  projects: null,
  page: null,
} as const;

export function clearFilters({ setState }: Pick<AccountQueryState, "setState">) {
  return setState(noFilters);
}

export function isFiltered(query: AccountQuery): boolean {
  return Boolean(
    query.search || query.expiry.length || query.role.length || query.project || query.usage.length || query.projects,
  );
}
