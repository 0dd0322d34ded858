import type { Transaction } from "@/lib/db/database";
import { moveOperation, type NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OperationResult } from "@/lib/domain/operation-detail";
import type { Answer, Upstream } from "@/lib/mixpanel/client";
import { guardedUpstream } from "@/lib/mixpanel/guarded-upstream";
import type { OrganizationContext } from "@/lib/services/context";
import { classifyFailure, type Failure } from "./classify-failure";
import { mayLeave } from "./may-leave";
import { recordOutcome } from "./record-outcome";

export type Succeeded = {
  result: OperationResult;
  /** The account that came to be. */
  accountId?: number;
  /** Written in the same commit as the outcome: the sealed secret, the inventory. */
  write?: (transaction: Transaction) => Promise<void>;
};

type Run<T> = {
  context: OrganizationContext;
  operation: NewOperation;
  /** Uses the connection it is given, which lets nothing leave that was given up while it waited. */
  send: (upstream: Upstream) => Promise<Answer<T>>;
  succeed: (value: T) => Succeeded;
  /** Turns a refusal into success where it means that the wanted state is there already. */
  forgive?: (failure: Failure) => Succeeded | null;
};

/** How the one upstream call of an operation ended. `lapsed`: it had been given up before it was sent. */
export type RunEnd<T> = { state: "succeeded"; value: T | null } | { state: "failed" | "unknown" | "lapsed" };

/**
 * Carries out one prepared operation: `sent` is committed before the first byte leaves, the call is made once, and its
 * outcome is committed with its audit event. Throws `read_only` if nothing was sent for want of a record, and
 * `outcome_unknown` if the answer could not be recorded.
 */
export async function runOperation<T>({ context, operation, send, succeed, forgive }: Run<T>): Promise<RunEnd<T>> {
  await context.crashPoint?.("after_prepared");
  const sentAt = context.now();
  if (!(await markSent(context, operation, sentAt))) return { state: "lapsed" };
  await context.crashPoint?.("after_sent");
  const upstream = guardedUpstream(context.organization.upstream, () => mayLeave(context, operation.id, sentAt));
  const call = await attempt(context, () => send(upstream));
  await context.crashPoint?.("after_answer");
  if ("answer" in call) {
    const { value, status, reference } = call.answer;
    await record(context, operation, "succeeded", succeed(value), { status, reference });
    return { state: "succeeded", value };
  }
  const { failure } = call;
  const forgiven = forgive?.(failure);
  if (forgiven) {
    await record(context, operation, "succeeded", forgiven, failure);
    return { state: "succeeded", value: null };
  }
  await record(
    context,
    operation,
    failure.state,
    { result: { ...(failure.retryAt && { retryAt: failure.retryAt }) } },
    failure,
  );
  return { state: failure.state };
}

async function markSent(context: OrganizationContext, operation: NewOperation, sentAt: Date): Promise<boolean> {
  try {
    return await moveOperation(context.database, operation.id, "prepared", "sent", { sentAt: sentAt.toISOString() });
  } catch (error) {
    throw new AppError("read_only", { operationId: operation.id }, error);
  }
}

/** One call, no repeat. The pause while it is under way is where a test may end the process. */
async function attempt<T>(
  context: OrganizationContext,
  send: () => Promise<Answer<T>>,
): Promise<{ answer: Answer<T> } | { failure: Failure }> {
  const call = send().then(
    (answer) => ({ answer }),
    (error: unknown) => ({ failure: classifyFailure(error) }),
  );
  await context.crashPoint?.("in_flight");
  return call;
}

async function record(
  context: OrganizationContext,
  operation: NewOperation,
  state: "succeeded" | "failed" | "unknown",
  { result, accountId, write }: Succeeded,
  told: { status: number | null; reference: string | null; code?: string; reason?: string | null },
): Promise<void> {
  const patch = {
    result,
    upstreamStatus: told.status,
    upstreamReference: told.reference,
    finishedAt: context.now().toISOString(),
    ...(accountId !== undefined && { accountId }),
    ...(state !== "succeeded" && told.code !== undefined && { errorCode: told.code, errorReason: told.reason ?? null }),
  };
  await recordOutcome({ context, operation, state, patch, ...(write && { write }) });
  await context.crashPoint?.("after_outcome");
}
