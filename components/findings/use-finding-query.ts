"use client";

import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { type FindingQuery, findingGroups, findingStates } from "@/lib/domain/finding-view";
import { pageSizes } from "@/lib/domain/list-query";
import { ruleIds, severities } from "@/lib/domain/policy";

const parsers = {
  search: parseAsString.withDefault(""),
  severity: parseAsArrayOf(parseAsStringLiteral(severities)).withDefault([]),
  rule: parseAsArrayOf(parseAsStringLiteral(ruleIds)).withDefault([]),
  owner: parseAsString,
  unowned: parseAsStringLiteral(["yes"] as const),
  state: parseAsStringLiteral(findingStates).withDefault("open"),
  group: parseAsStringLiteral(findingGroups).withDefault("severity"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(50),
};

/** The page's whole state, kept in the address. */
export function useFindingQuery() {
  const [state, setState] = useQueryStates(parsers, { history: "replace" });
  const { owner, unowned, ...rest } = state;
  const query: FindingQuery = {
    ...rest,
    page: Math.max(1, rest.page),
    owner: owner ?? undefined,
    unowned: unowned ?? undefined,
  };
  const clear = () => setState({ search: null, severity: null, rule: null, owner: null, unowned: null, page: null });
  const filtered = Boolean(query.search || query.severity.length || query.rule.length || owner || unowned);
  return { query, setState, clear, filtered };
}

export type FindingQueryState = ReturnType<typeof useFindingQuery>;
