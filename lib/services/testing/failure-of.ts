import { AppError } from "@/lib/domain/app-error";

/** The AppError a call fails with; anything else, success included, is a failure of the test. */
export async function failureOf(call: Promise<unknown>): Promise<AppError> {
  const outcome = await call.then(
    () => new Error("It succeeded."),
    (error: unknown) => error,
  );
  if (outcome instanceof AppError) return outcome;
  throw outcome;
}
