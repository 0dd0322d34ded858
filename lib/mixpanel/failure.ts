import type { AppErrorCode } from "@/lib/domain/app-error";
import { readReason } from "./answer";
import { retryAfterOf } from "./retry-after";
import type { Problem, Reply } from "./transport";
import { type Sent, UpstreamError } from "./upstream-error";

export type CallFacts = {
  kind: "read" | "write";
  reference: string;
  now: Date;
  redact: (text: string) => string;
};

const clearAnswers = new Map<number, AppErrorCode>([
  [401, "upstream_credential_rejected"],
  [403, "upstream_not_permitted"],
  [404, "upstream_not_found"],
  [429, "upstream_rate_limited"],
]);

const problemReasons: Record<Problem, string> = {
  unreachable: "The connection could not be opened",
  timeout: "No complete answer came in time",
  interrupted: "The connection broke before the answer was complete",
  too_large: "The answer is larger than 5 MB",
  redirected: "The answer points to another address, which is not followed",
};

/** A 4xx says that nothing was done, whatever its body looks like; 408 comes from gateways and says nothing. */
function clearAnswerOf(status: number | null): AppErrorCode | null {
  if (status === null || status < 400 || status >= 500 || status === 408) return null;
  return clearAnswers.get(status) ?? "upstream_refused";
}

function outageCode({ status, problem }: Reply): AppErrorCode {
  if (status !== null && status >= 500) return "upstream_failed";
  return problem === "timeout" || status === 408 ? "upstream_timeout" : "upstream_unexpected_answer";
}

function isTransient({ status, problem }: Reply): boolean {
  const outage = status !== null && (status >= 500 || status === 408);
  return outage || problem === "unreachable" || problem === "timeout" || problem === "interrupted";
}

function reasonOf(reply: Reply, redact: CallFacts["redact"]): string | undefined {
  if (reply.problem === null) return readReason(reply.body, redact);
  if (clearAnswerOf(reply.status) !== null) return undefined;
  return `${problemReasons[reply.problem]}${reply.networkCode ? ` (${reply.networkCode})` : ""}.`;
}

/** What a reply stands for: a 2xx whose body is to be read, or the failure of the one table. */
export function judge(reply: Reply, call: CallFacts): { status: number; body: Buffer } | UpstreamError {
  if (reply.problem === null && reply.status < 300) return { status: reply.status, body: reply.body };
  const { status, problem } = reply;
  const clear = clearAnswerOf(status);
  const unsent = problem === "unreachable";
  const sent: Sent = unsent ? "no" : clear === null ? "unknown" : "yes";
  const undecided = call.kind === "write" ? "outcome_unknown" : outageCode(reply);
  const retryAfterMs = retryAfterOf(reply.headers, call.now);
  return new UpstreamError(
    unsent ? "upstream_unreachable" : (clear ?? undecided),
    {
      reason: reasonOf(reply, call.redact),
      upstreamStatus: status ?? undefined,
      retryAt: retryAfterMs === null ? undefined : new Date(call.now.getTime() + retryAfterMs).toISOString(),
    },
    { sent, reference: call.reference, transient: clear === null && isTransient(reply), retryAfterMs },
  );
}

/** The failure of a 2xx whose body cannot be used: a read answers nothing, a write may well have happened. */
export function unreadableAnswer(reason: string, status: number, call: CallFacts): UpstreamError {
  return new UpstreamError(
    call.kind === "write" ? "outcome_unknown" : "upstream_unexpected_answer",
    { reason, upstreamStatus: status },
    { sent: "unknown", reference: call.reference, transient: false, retryAfterMs: null },
  );
}

/** Mixpanel answered 2xx and said in words that it did not do it. */
export function refusedInBody(reason: string | undefined, status: number, call: CallFacts): UpstreamError {
  return new UpstreamError(
    call.kind === "write" ? "upstream_refused" : "upstream_unexpected_answer",
    { reason, upstreamStatus: status },
    { sent: "yes", reference: call.reference, transient: false, retryAfterMs: null },
  );
}

/** Nothing was sent, for the last calls all failed and the next try is not due. */
export function withheldFailure(retryAt: Date, reference: string): UpstreamError {
  return new UpstreamError(
    "upstream_failed",
    {
      reason: "It failed several times in a row, so nothing is sent for half a minute.",
      retryAt: retryAt.toISOString(),
    },
    { sent: "no", reference, transient: false, retryAfterMs: null },
  );
}

/** Nothing was sent, for it could not be its turn in time. */
export function lateFailure(reference: string): UpstreamError {
  return new UpstreamError(
    "upstream_timeout",
    { reason: "Too many requests were waiting before it." },
    { sent: "no", reference, transient: false, retryAfterMs: null },
  );
}
