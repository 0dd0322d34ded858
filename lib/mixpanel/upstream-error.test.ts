import { expect, test, vi } from "vitest";
import { AppError } from "@/lib/domain/app-error";
import { classifyFailure } from "@/lib/services/operations/classify-failure";
import { UpstreamError } from "./upstream-error";

const facts = { sent: "yes", reference: "ref-1", transient: false, retryAfterMs: null } as const;

/** The classes as another bundle of the same process holds them. */
async function otherBundle() {
  vi.resetModules();
  const { UpstreamError: OtherUpstreamError } = await import("./upstream-error");
  const { AppError: OtherAppError } = await import("@/lib/domain/app-error");
  return { OtherUpstreamError, OtherAppError };
}

test("an error made in one bundle is known in another, as what it is and no more", async () => {
  const { OtherUpstreamError, OtherAppError } = await otherBundle();
  expect(OtherUpstreamError).not.toBe(UpstreamError);
  const upstream = new OtherUpstreamError("upstream_refused", { upstreamStatus: 400 }, facts);
  expect(upstream instanceof UpstreamError && upstream instanceof AppError).toBe(true);
  expect(classifyFailure(upstream)).toMatchObject({ state: "failed", code: "upstream_refused", status: 400 });
  const ours = new OtherAppError("not_found");
  expect(ours instanceof AppError).toBe(true);
  expect(ours instanceof UpstreamError).toBe(false);
});

test.each<unknown>([new Error("x"), null, undefined, "AppError", { code: "not_found" }])("%s is none", (value) => {
  expect(value instanceof AppError).toBe(false);
  expect(value instanceof UpstreamError).toBe(false);
});
