import { queryOptions } from "@tanstack/react-query";
import { syncViewSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const WHILE_RUNNING_MS = 1_000;
const OTHERWISE_MS = 60_000;

/** Asks every second while a sync runs, for its progress, else every minute. */
export function syncQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "sync"),
    queryFn: ({ signal }) => fetchJson(api.sync(key), syncViewSchema, { signal }),
    refetchInterval: (query) => (query.state.data?.running ? WHILE_RUNNING_MS : OTHERWISE_MS),
  });
}

/** Starts a sync, or joins the one under way; `acceptDoubt` lets a suspiciously empty answer replace the picture. */
export function startSync(key: string, input: { acceptDoubt?: boolean }, idempotencyKey: string) {
  return fetchJson(api.sync(key), syncViewSchema, { method: "POST", body: input, idempotencyKey });
}
