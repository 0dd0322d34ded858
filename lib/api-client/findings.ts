import { queryOptions } from "@tanstack/react-query";
import {
  type AcceptInput,
  acceptanceAnswerSchema,
  type FindingQuery,
  findingPageSchema,
  findingQuerySchema,
  type WithdrawInput,
} from "@/lib/domain/finding-view";
import { postureSchema } from "@/lib/domain/posture";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { keepWithin, queryKeys } from "./query-keys";
import { withQuery } from "./query-string";

export function findingsQuery(key: string, query: FindingQuery) {
  return queryOptions({
    queryKey: queryKeys.part(key, "findings", query),
    queryFn: ({ signal }) => fetchJson(withQuery(api.findings(key), query), findingPageSchema, { signal }),
    placeholderData: keepWithin(key),
  });
}

/** What is found about one account, and what of it somebody answers for. */
export function accountFindingsQuery(key: string, accountId: number, state: FindingQuery["state"]) {
  return findingsQuery(key, findingQuerySchema.parse({ account: accountId, state }));
}

/** Address of the CSV of what is filtered; page and size do not matter to it. */
export function findingsExportAddress(key: string, query: FindingQuery): string {
  return withQuery(api.findingsExport(key), { ...query, page: undefined, size: undefined });
}

export function postureQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "posture"),
    queryFn: ({ signal }) => fetchJson(api.posture(key), postureSchema, { signal }),
  });
}

export function acceptFinding(key: string, input: AcceptInput, idempotencyKey: string) {
  return fetchJson(api.findingAcceptances(key), acceptanceAnswerSchema, {
    method: "POST",
    body: input,
    idempotencyKey,
  });
}

export function withdrawAcceptance(key: string, input: WithdrawInput, idempotencyKey: string) {
  return fetchJson(api.acceptanceWithdrawals(key), acceptanceAnswerSchema, {
    method: "POST",
    body: input,
    idempotencyKey,
  });
}
