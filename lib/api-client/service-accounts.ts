import { queryOptions } from "@tanstack/react-query";
import { batchAnswerSchema, type CreateInput, createdAnswerSchema, type DeleteInput } from "@/lib/domain/change";
import { accountDetailSchema, accountPageSchema, accountSelectionSchema } from "@/lib/domain/inventory-view";
import type { AccountQuery } from "@/lib/domain/list-query";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { keepWithin, queryKeys } from "./query-keys";
import { withQuery } from "./query-string";

export function serviceAccountsQuery(key: string, query: AccountQuery) {
  return queryOptions({
    queryKey: queryKeys.part(key, "service-accounts", query),
    queryFn: ({ signal }) => fetchJson(withQuery(api.serviceAccounts(key), query), accountPageSchema, { signal }),
    placeholderData: keepWithin(key),
  });
}

export function serviceAccountQuery(key: string, accountId: number) {
  return queryOptions({
    queryKey: queryKeys.part(key, "service-account", accountId),
    queryFn: ({ signal }) => fetchJson(api.serviceAccount(key, accountId), accountDetailSchema, { signal }),
  });
}

/** Several accounts with all their memberships, for saying what a bulk change touches. */
export function accountSelectionQuery(key: string, ids: readonly number[]) {
  const sorted = [...ids].sort((left, right) => left - right);
  return queryOptions({
    queryKey: queryKeys.part(key, "selection", sorted),
    queryFn: ({ signal }) =>
      fetchJson(withQuery(api.serviceAccountSelection(key), { ids: sorted }), accountSelectionSchema, { signal }),
  });
}

/** Address of the CSV of what is filtered; page and size do not matter to it. */
export function serviceAccountsExportAddress(key: string, query: AccountQuery): string {
  return withQuery(api.serviceAccountsExport(key), { ...query, page: undefined, size: undefined });
}

/** The answer carries the secret: keep it in the dialog's state, never in a query or mutation cache (`gcTime: 0`). */
export function createServiceAccount(key: string, input: CreateInput, idempotencyKey: string) {
  return fetchJson(api.serviceAccounts(key), createdAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

export function deleteServiceAccounts(key: string, input: DeleteInput, idempotencyKey: string) {
  return fetchJson(api.deletions(key), batchAnswerSchema, { method: "POST", body: input, idempotencyKey });
}
