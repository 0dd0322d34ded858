"use client";

import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type AccessQuery, accessSorts } from "@/lib/domain/list-query";

const parsers = {
  search: parseAsString.withDefault(""),
  project: parseAsArrayOf(parseAsInteger).withDefault([]),
  role: parseAsArrayOf(parseAsString).withDefault([]),
  grant: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(accessSorts).withDefault("name"),
  page: parseAsInteger.withDefault(1),
};

/** The matrix's whole state, kept in the address. */
export function useAccessState() {
  const [state, setState] = useQueryStates(parsers, { history: "replace" });
  const query: AccessQuery = { ...state, page: Math.max(1, state.page) };
  const filtered = query.search !== "" || query.project.length + query.role.length + query.grant.length > 0;
  const clear = () => setState({ search: null, project: null, role: null, grant: null, page: null });
  return { query, filtered, clear, setState };
}

export type AccessState = ReturnType<typeof useAccessState>;
