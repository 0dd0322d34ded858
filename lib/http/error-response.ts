import type { Logger } from "pino";
import { AppError, type AppErrorCode, appErrors, type ErrorAnswer } from "@/lib/domain/app-error";
import { answerHeaders } from "./answer-headers";

/** The public side of an error: texts of the one table and what the error itself says for people, never its cause. */
export function errorAnswer(error: AppError, reference: string): ErrorAnswer {
  const { title, advice } = appErrors[error.code];
  const { reason, fields, retryAt, upstreamStatus, operationId } = error.details;
  return {
    error: { code: error.code, title, advice, reason, fields, retryAt, upstreamStatus, operationId, reference },
  };
}

/** A control held somebody back: whoever watches the log should see it at the usual level. */
const controls = new Set<AppErrorCode>([
  "cross_site_request",
  "too_many_requests",
  "deletion_limit_reached",
  "role_above_ceiling",
  "fresh_sign_in_required",
]);

/** Anything thrown as an answer of ours. What is no AppError is `internal`: its text goes to the log and nowhere else. */
export function errorResponse(thrown: unknown, reference: string, now: Date, logger?: Logger): Response {
  const error = thrown instanceof AppError ? thrown : new AppError("internal", {}, thrown);
  if (error.status >= 500) logger?.error({ reference, code: error.code, err: error.cause ?? error }, error.message);
  else if (controls.has(error.code)) logger?.warn({ reference, code: error.code }, error.message);
  else logger?.debug({ reference, code: error.code }, error.message);
  const headers = answerHeaders(reference);
  const retryAt = error.details.retryAt ? Date.parse(error.details.retryAt) : Number.NaN;
  if (!Number.isNaN(retryAt)) {
    headers.set("retry-after", String(Math.max(1, Math.ceil((retryAt - now.getTime()) / 1000))));
  }
  return Response.json(errorAnswer(error, reference), { status: error.status, headers });
}
