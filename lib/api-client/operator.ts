import { queryOptions } from "@tanstack/react-query";
import {
  type EndOwnSessionsInput,
  operatorListSchema,
  ownSessionsSchema,
  sessionsEndedSchema,
} from "@/lib/domain/operator-session";
import { operatorAnswerSchema, type TourState, tourStateSchema } from "@/lib/domain/tour";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function operatorQuery() {
  return queryOptions({
    queryKey: queryKeys.operator,
    queryFn: ({ signal }) => fetchJson(api.operator, operatorAnswerSchema, { signal }),
  });
}

export function saveTour(state: TourState) {
  return fetchJson(api.tour, tourStateSchema, { method: "PUT", body: state });
}

/** Everyone who ever signed in and their open sessions; administrators only. */
export function operatorsQuery() {
  return queryOptions({
    queryKey: queryKeys.operators,
    queryFn: ({ signal }) => fetchJson(api.operators, operatorListSchema, { signal }),
  });
}

export function endSessionsOf(operatorId: string, idempotencyKey: string) {
  return fetchJson(api.endSessions(operatorId), sessionsEndedSchema, { method: "POST", idempotencyKey });
}

export function ownSessionsQuery() {
  return queryOptions({
    queryKey: queryKeys.ownSessions,
    queryFn: ({ signal }) => fetchJson(api.ownSessions, ownSessionsSchema, { signal }),
  });
}

export function endOwnSessions(input: EndOwnSessionsInput, idempotencyKey: string) {
  return fetchJson(api.ownSessions, sessionsEndedSchema, { method: "POST", body: input, idempotencyKey });
}
