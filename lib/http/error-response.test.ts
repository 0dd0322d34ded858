import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { AppError, appErrorCodes, appErrors, errorAnswerSchema } from "@/lib/domain/app-error";
import { errorResponse } from "./error-response";

const now = new Date("2026-03-01T12:00:00.000Z");

describe("An error as an answer", () => {
  test.each(appErrorCodes)("%s carries its own status, words and reference", async (code) => {
    const response = errorResponse(new AppError(code), "reference-1", now);
    expect(response.status).toBe(appErrors[code].status);
    const { error } = errorAnswerSchema.parse(await response.json());
    expect(error).toMatchObject({ code, ...{ title: appErrors[code].title }, reference: "reference-1" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test.each([
    ["an error", new Error("SELECT * FROM canary-secret at /srv/app.ts:12")],
    ["an error with a cause", new AppError("upstream_failed", {}, new Error("canary-secret"))],
    ["a string", "canary-secret"],
    ["an object", { message: "canary-secret", stack: "canary-secret" }],
    ["null", null],
  ])("%s never shows its text, cause or stack", async (_, thrown) => {
    const text = await errorResponse(thrown, "reference-1", now).text();
    expect(text).not.toMatch(/canary|stack|\.ts:|SELECT/);
  });

  test("an upstream 401 is our 502: the operator is still signed in", () => {
    const error = new AppError("upstream_credential_rejected", { upstreamStatus: 401 });
    expect(errorResponse(error, "reference-1", now).status).toBe(502);
  });

  test("the instant of the next try becomes Retry-After in seconds", () => {
    const retry = (retryAt: string) =>
      errorResponse(new AppError("too_many_requests", { retryAt }), "r", now).headers.get("retry-after");
    expect(retry("2026-03-01T12:00:29.500Z")).toBe("30");
    expect(retry("2026-03-01T11:00:00.000Z")).toBe("1");
    expect(retry("soon")).toBeNull();
  });

  test.each([
    ["cross_site_request", 40],
    ["role_above_ceiling", 40],
    ["too_many_requests", 40],
    ["not_found", 20],
    ["read_only", 50],
  ] as const)("%s stands in the log at level %i", (code, level) => {
    const lines: string[] = [];
    const destination = new Writable({ write: (line, _, done) => done(void lines.push(String(line))) });
    errorResponse(new AppError(code), "reference-1", now, pino({ level: "trace" }, destination));
    expect(JSON.parse(lines.join(""))).toMatchObject({ level, code, reference: "reference-1" });
  });

  test("the log line has the cause under the same reference", () => {
    const lines: string[] = [];
    const logger = pino(new Writable({ write: (line, _, done) => done(void lines.push(String(line))) }));
    errorResponse(new Error("the disk is full"), "reference-1", now, logger);
    expect(JSON.parse(lines.join(""))).toMatchObject({
      reference: "reference-1",
      err: { message: "the disk is full" },
    });
  });
});
