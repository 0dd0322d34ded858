import { queryOptions } from "@tanstack/react-query";
import {
  type ChangePolicyInput,
  type DryRunInput,
  dryRunAnswerSchema,
  policyViewSchema,
} from "@/lib/domain/policy-view";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function policyQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "policy"),
    queryFn: ({ signal }) => fetchJson(api.policy(key), policyViewSchema, { signal }),
  });
}

/** What the policy would find beside what is found now; nothing is saved. */
export function dryRunPolicy(key: string, input: DryRunInput) {
  return fetchJson(api.policyDryRun(key), dryRunAnswerSchema, { method: "POST", body: input });
}

export function changePolicy(key: string, input: ChangePolicyInput, idempotencyKey: string) {
  return fetchJson(api.policy(key), policyViewSchema, { method: "POST", body: input, idempotencyKey });
}
