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

export const optionalColumns = [
  "owner",
  "expires",
  "rotateBy",
  "lastUsed",
  "usage",
  "role",
  "projects",
  "created",
  "creator",
] as const;
/** Not there until somebody asks for them. */
export const extraColumns = ["tags"] as const;

const parsers = {
  search: parseAsString.withDefault(""),
  expiry: parseAsArrayOf(parseAsStringLiteral(expiryStates)).withDefault([]),
  role: parseAsArrayOf(parseAsString).withDefault([]),
  project: parseAsInteger,
  usage: parseAsArrayOf(parseAsStringLiteral(usageFilters)).withDefault([]),
  projects: parseAsStringLiteral(["none"] as const),
  owner: parseAsString,
  tag: parseAsArrayOf(parseAsString).withDefault([]),
  rotation: parseAsInteger,
  sort: parseAsStringLiteral(accountSorts).withDefault("expires"),
  order: parseAsStringLiteral(sortOrders).withDefault("asc"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(50),
  hidden: parseAsArrayOf(parseAsStringLiteral(optionalColumns)).withDefault([]),
  shown: parseAsArrayOf(parseAsStringLiteral(extraColumns)).withDefault([]),
  selected: parseAsArrayOf(parseAsInteger).withDefault([]),
};

/** The list's whole state, kept in the address: what is asked of the server, the hidden columns and the selection. */
export function useAccountQuery() {
  const [state, setState] = useQueryStates(parsers, { history: "replace" });
  const { hidden, shown, selected, project, projects, owner, rotation, ...rest } = state;
  const query: AccountQuery = {
    ...rest,
    page: Math.max(1, rest.page),
    project: project ?? undefined,
    projects: projects ?? undefined,
    owner: owner ?? undefined,
    rotation: rotation ?? undefined,
  };
  return { query, hidden, shown, selected, setState };
}

export type AccountQueryState = ReturnType<typeof useAccountQuery>;

const noFilters = {
  search: null,
  expiry: null,
  role: null,
  project: null,
  usage: null,
  projects: null,
  owner: null,
  tag: null,
  rotation: null,
  page: null,
} as const;

export function clearFilters({ setState }: Pick<AccountQueryState, "setState">) {
  return setState(noFilters);
}

export function isFiltered({ search, expiry, role, project, usage, projects, owner, tag, rotation }: AccountQuery) {
  const chosen = expiry.length + role.length + usage.length + tag.length > 0;
  return Boolean(search || chosen || project || projects || owner) || rotation !== undefined;
}
