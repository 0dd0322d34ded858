import { z } from "zod";
import type { StoredOperation } from "@/lib/db/operations";
import { AppError, type AppErrorCode, appErrorCodes, appErrors, type ErrorAnswer } from "@/lib/domain/app-error";

/** What was thrown as an error of the one table; what is none of it becomes `internal`. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("internal", {}, error);
}

/** An error as one row of a result carries it. */
export function changeError(error: AppError, reference: string): ErrorAnswer["error"] {
  const { title, advice } = appErrors[error.code];
  return { code: error.code, title, advice, ...error.details, reference };
}

const storedCodeSchema = z.enum(appErrorCodes).catch("internal");

export function storedErrorCode(operation: StoredOperation): AppErrorCode {
  return storedCodeSchema.parse(operation.errorCode);
}

/** The failure a stored operation ended in, as it was first told. */
export function storedError(operation: StoredOperation): AppError {
  return new AppError(storedErrorCode(operation), {
    operationId: operation.id,
    reason: operation.errorReason ?? undefined,
    upstreamStatus: operation.upstreamStatus ?? undefined,
    retryAt: operation.result.retryAt,
  });
}

/** A change whose outcome is still open. */
export function unknownError(operation: StoredOperation): AppError {
  return new AppError("outcome_unknown", { operationId: operation.id, reason: operation.errorReason ?? undefined });
}
