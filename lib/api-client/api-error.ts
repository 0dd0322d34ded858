import type { AppErrorCode, ErrorAnswer } from "@/lib/domain/app-error";

/** What our server said about a failed request; `failure.reference` finds the line in its log. */
export class ApiError extends Error {
  readonly failure: ErrorAnswer["error"];
  readonly status: number;

  constructor(failure: ErrorAnswer["error"], status: number) {
    super(failure.title);
    this.name = "ApiError";
    this.failure = failure;
    this.status = status;
  }

  get code(): AppErrorCode {
    return this.failure.code;
  }
}

/** The answer never arrived, or was not one of ours. `sent` says whether a change may have reached the server. */
export class ConnectionError extends Error {
  readonly sent: boolean;

  constructor(title: string, sent: boolean, cause?: unknown) {
    super(title, cause === undefined ? undefined : { cause });
    this.name = "ConnectionError";
    this.sent = sent;
  }
}

/** Whether signing in is the way on; the form stays as it is, and the same Idempotency-Key may be sent again. */
export function needsSignIn(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.code === "not_signed_in" || error.code === "fresh_sign_in_required");
}

export function needsFreshSignIn(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "fresh_sign_in_required";
}

export type ApiFailure = Omit<ErrorAnswer["error"], "code" | "reference"> & {
  code: AppErrorCode | "offline" | "broken";
  reference: string | null;
};

/** Any failure of a request in words for the operator: what happened, what to do, a reference where there is one. */
export function describeFailure(error: unknown): ApiFailure {
  if (error instanceof ApiError) return error.failure;
  if (error instanceof ConnectionError) {
    const advice = error.sent
      ? "The change may have been made. Press the button again: the same request is never carried out twice."
      : "Check the connection and try again. What you typed is kept.";
    return { code: "offline", title: error.message, advice, reference: null };
  }
  return {
    code: "broken",
    title: "Something went wrong on this page.",
    advice: "Reload the page and try again.",
    reference: null,
  };
}
