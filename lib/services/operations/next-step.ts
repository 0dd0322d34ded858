import type { StoredOperation } from "@/lib/db/operations";
import type { OperationView } from "@/lib/domain/change";
import { membershipInputSchema } from "@/lib/domain/operation-detail";

export type Facts = { secretUntil: string | null; accountExists: boolean; mine: boolean; stale: boolean };
type Step = Pick<OperationView, "nextStep" | "input">;

/** Failures after which the very same change may work a moment later. */
const passing = [
  "upstream_unreachable",
  "upstream_rate_limited",
  "upstream_failed",
  "upstream_timeout",
  "shutting_down",
  "given_up",
];

/** The one safe step from here, with what the form or the request for it holds. */
export function nextStepOf(operation: StoredOperation, facts: Facts): Step {
  const { state, outcome, kind } = operation;
  if (state === "unknown" || ((state === "prepared" || state === "sent") && facts.stale)) return bare("reconcile");
  if (state === "succeeded" && facts.secretUntil !== null && facts.mine) return bare("open_secret");
  if (outcome === "secret_lost") {
    // Deleted, it is created again from the same intention: the form asks for it after the deletion.
    return { nextStep: facts.accountExists ? "delete_and_create_again" : "none", input: operation.input };
  }
  const rest = restOf(operation);
  if (rest) return { nextStep: "finish_the_rest", input: rest };
  const mayRetry = outcome === "did_not_happen" || (state === "failed" && passing.includes(operation.errorCode ?? ""));
  if (!mayRetry) return bare("none");
  return { nextStep: "retry", input: kind === "create" ? operation.input : requestOf(operation) };
}

const bare = (nextStep: Step["nextStep"]): Step => ({ nextStep, input: {} });

/** The part of a membership change that Mixpanel did not do; null when there is none. */
function restOf(operation: StoredOperation): Record<string, unknown> | null {
  const left = (operation.result.accounts ?? []).filter((account) => account.outcome === "failed").map(({ id }) => id);
  if (left.length === 0 || operation.outcome === "did_not_happen") return null;
  return membershipRequest(operation, left);
}

function requestOf(operation: StoredOperation): Record<string, unknown> {
  if (operation.kind === "delete") return { accountIds: [operation.accountId] };
  const { accounts } = membershipInputSchema.parse(operation.input);
  return membershipRequest(
    operation,
    accounts.map(({ id }) => id),
  );
}

function membershipRequest({ projectId, input }: StoredOperation, accountIds: number[]): Record<string, unknown> {
  const { role } = membershipInputSchema.parse(input);
  return role === null ? { accountIds, projectIds: [projectId] } : { accountIds, projects: [{ id: projectId, role }] };
}
