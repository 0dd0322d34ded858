import { queryOptions } from "@tanstack/react-query";
import { createdAnswerSchema, operationsAnswerSchema, operationViewSchema, tryAnswerSchema } from "@/lib/domain/change";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function operationsQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "operations"),
    queryFn: ({ signal }) => fetchJson(api.operations(key), operationsAnswerSchema, { signal }),
    refetchInterval: 15_000,
  });
}

export function operationQuery(key: string, operationId: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "operation", operationId),
    queryFn: ({ signal }) => fetchJson(api.operation(key, operationId), operationViewSchema, { signal }),
  });
}

export function reconcileOperation(key: string, operationId: string, idempotencyKey: string) {
  return fetchJson(api.reconcile(key, operationId), operationViewSchema, { method: "POST", idempotencyKey });
}

/** Opens the sealed secret again; each view is audited. Keep the answer out of every cache. */
export function openSecret(key: string, operationId: string, idempotencyKey: string) {
  return fetchJson(api.secret(key, operationId), createdAnswerSchema, { method: "POST", idempotencyKey });
}

export function trySecret(key: string, operationId: string, idempotencyKey: string) {
  return fetchJson(api.trySecret(key, operationId), tryAnswerSchema, { method: "POST", idempotencyKey });
}

/** Says that the secret was copied: its sealed copy is purged. */
export function confirmSecret(key: string, operationId: string, idempotencyKey: string) {
  return fetchJson(api.confirmSecret(key, operationId), operationViewSchema, { method: "POST", idempotencyKey });
}
