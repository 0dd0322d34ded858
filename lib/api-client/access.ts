import { queryOptions } from "@tanstack/react-query";
import { accessPageSchema } from "@/lib/domain/access-view";
import type { AccessQuery } from "@/lib/domain/list-query";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { keepWithin, queryKeys } from "./query-keys";
import { withQuery } from "./query-string";

export function accessQuery(key: string, query: AccessQuery) {
  return queryOptions({
    queryKey: queryKeys.part(key, "access", query),
    queryFn: ({ signal }) => fetchJson(withQuery(api.access(key), query), accessPageSchema, { signal }),
    placeholderData: keepWithin(key),
  });
}
