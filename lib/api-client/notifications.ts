import { queryOptions } from "@tanstack/react-query";
import { deliveriesSchema, deliverySchema } from "@/lib/domain/notification";
import {
  type ChannelChange,
  type ChannelInput,
  channelRemovedSchema,
  channelSavedSchema,
  channelsAnswerSchema,
  channelTestSchema,
} from "@/lib/domain/notification-channel";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { keepWithin, queryKeys } from "./query-keys";
import { withQuery } from "./query-string";

const LOOK_AGAIN_MS = 15_000;

export function channelsQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "channels"),
    queryFn: ({ signal }) => fetchJson(api.channels(key), channelsAnswerSchema, { signal }),
    refetchInterval: 4 * LOOK_AGAIN_MS,
  });
}

export function deliveriesQuery(key: string, channelId: string, page: number) {
  const query = { page, size: 20 };
  return queryOptions({
    queryKey: queryKeys.part(key, "deliveries", { channelId, page }),
    queryFn: ({ signal }) => fetchJson(withQuery(api.deliveries(key, channelId), query), deliveriesSchema, { signal }),
    placeholderData: keepWithin(key),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function addChannel(key: string, input: ChannelInput, idempotencyKey: string) {
  return fetchJson(api.channels(key), channelSavedSchema, { method: "POST", body: input, idempotencyKey });
}

export function changeChannel(key: string, id: string, input: ChannelChange, idempotencyKey: string) {
  return fetchJson(api.channel(key, id), channelSavedSchema, { method: "POST", body: input, idempotencyKey });
}

export function removeChannel(key: string, id: string, idempotencyKey: string) {
  return fetchJson(api.channelRemoval(key, id), channelRemovedSchema, { method: "POST", idempotencyKey });
}

export function testChannel(key: string, id: string, idempotencyKey: string) {
  return fetchJson(api.channelTest(key, id), channelTestSchema, { method: "POST", idempotencyKey });
}

export function retryDelivery(key: string, id: string, idempotencyKey: string) {
  return fetchJson(api.deliveryRetry(key, id), deliverySchema, { method: "POST", idempotencyKey });
}
