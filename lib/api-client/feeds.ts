import { queryOptions } from "@tanstack/react-query";
import { type FeedInput, feedMadeSchema, feedRevokedSchema, feedsAnswerSchema } from "@/lib/domain/feed";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function feedsQuery() {
  return queryOptions({
    queryKey: queryKeys.feeds,
    queryFn: ({ signal }) => fetchJson(api.feeds, feedsAnswerSchema, { signal }),
  });
}

export function makeFeed(input: FeedInput, idempotencyKey: string) {
  return fetchJson(api.feeds, feedMadeSchema, { method: "POST", body: input, idempotencyKey });
}

export function revokeFeed(id: string, idempotencyKey: string) {
  return fetchJson(api.feedRevocation(id), feedRevokedSchema, { method: "POST", idempotencyKey });
}
