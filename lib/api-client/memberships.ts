import { type AssignInput, batchAnswerSchema, type RemoveInput } from "@/lib/domain/change";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";

export function assignMemberships(key: string, input: AssignInput, idempotencyKey: string) {
  return fetchJson(api.memberships(key), batchAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

export function removeMemberships(key: string, input: RemoveInput, idempotencyKey: string) {
  return fetchJson(api.membershipRemovals(key), batchAnswerSchema, { method: "POST", body: input, idempotencyKey });
}
