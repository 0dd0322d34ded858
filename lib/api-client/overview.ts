import { queryOptions } from "@tanstack/react-query";
import { overviewSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function overviewQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "overview"),
    queryFn: ({ signal }) => fetchJson(api.overview(key), overviewSchema, { signal }),
  });
}
