import { AppError, type AppErrorCode } from "@/lib/domain/app-error";
import { UpstreamError } from "@/lib/mixpanel/upstream-error";

/** What a failed upstream call means for the change: known not to have happened, or in doubt. */
export type Failure = {
  state: "failed" | "unknown";
  code: AppErrorCode;
  reason: string | null;
  retryAt: string | undefined;
  status: number | null;
  reference: string | null;
};

/** Answers by which Mixpanel itself says that it did nothing. */
const refusals: readonly AppErrorCode[] = [
  "upstream_refused",
  "upstream_credential_rejected",
  "upstream_not_permitted",
  "upstream_not_found",
  "upstream_rate_limited",
];

export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof UpstreamError)) {
    // An error of ours is thrown by the check of the body, before anything leaves; any other may come from anywhere.
    const known = error instanceof AppError;
    const code = known ? error.code : "outcome_unknown";
    const state = known ? "failed" : "unknown";
    return { state, code, reason: null, retryAt: undefined, status: null, reference: null };
  }
  const notSent = error.sent === "no";
  const reason = error.details.reason ?? null;
  return {
    state: notSent || refusals.includes(error.code) ? "failed" : "unknown",
    code: error.code,
    reason: notSent ? `Not sent: nothing was changed at Mixpanel.${reason === null ? "" : ` ${reason}`}` : reason,
    retryAt: error.details.retryAt,
    status: error.upstreamStatus,
    reference: error.reference,
  };
}
