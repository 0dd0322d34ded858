import { queryOptions } from "@tanstack/react-query";
import { organizationsAnswerSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function organizationsQuery() {
  return queryOptions({
    queryKey: queryKeys.organizations,
    queryFn: ({ signal }) => fetchJson(api.organizations, organizationsAnswerSchema, { signal }),
  });
}
