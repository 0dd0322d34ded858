import { describe, expect, it } from "vitest";
import type { StoredOperation } from "@/lib/db/operations";
import { AppError, type AppErrorCode } from "@/lib/domain/app-error";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { UpstreamError } from "@/lib/mixpanel/upstream-error";
import { grantWords } from "@/lib/services/memberships/grant-words";
import { secretEvent } from "@/lib/services/secrets/own-operation";
import { accountsOf } from "./accounts-of";
import { asAppError, storedError, unknownError } from "./change-error";
import { classifyFailure } from "./classify-failure";
import { describeOperation } from "./describe-operation";
import { lastStepAt } from "./live-runs";
import { mayBeLost, mayBeOurs } from "./lost-create";
import { nextStepOf } from "./next-step";

const operation: StoredOperation = {
  id: "op",
  batchId: "batch",
  organizationKey: "acme",
  kind: "create",
  state: "unknown",
  outcome: null,
  actorId: "operator",
  actorName: "Max",
  accountId: null,
  accountName: "export",
  projectId: null,
  projectName: null,
  input: {},
  beforeState: { sameNameIds: [1], memberships: [] },
  result: {},
  errorCode: null,
  errorReason: null,
  upstreamStatus: null,
  upstreamReference: null,
  preparedAt: "2026-11-23T12:00:00.000Z",
  sentAt: "2026-11-23T12:00:01.000Z",
  finishedAt: null,
  aliveAt: null,
};
const account: ServiceAccount = {
  id: 2,
  username: "export.0a1b2c.mp-service-account",
  creatorId: 7,
  creatorName: null,
  creatorEmail: null,
  createdAt: "2026-11-23T12:02:01.000Z",
  expiresAt: null,
  lastUsedAt: null,
};
const facts = { secretUntil: null, accountExists: true, mine: true, stale: false };
const upstreamError = (code: AppErrorCode, sent: "no" | "yes" | "unknown", reason?: string) =>
  new UpstreamError(code, { reason }, { sent, reference: "r", transient: false, retryAfterMs: null });

describe("what a failed call means", () => {
  it.each([
    ["upstream_unreachable", "no", undefined, "failed", "Not sent: nothing was changed at Mixpanel."],
    ["upstream_failed", "no", "Later.", "failed", "Not sent: nothing was changed at Mixpanel. Later."],
    ["upstream_refused", "yes", "Taken.", "failed", "Taken."],
    ["upstream_not_found", "yes", undefined, "failed", null],
    ["outcome_unknown", "unknown", undefined, "unknown", null],
    ["upstream_timeout", "unknown", "Late.", "unknown", "Late."],
  ] as const)("%s, sent %s, %s: %s", (code, sent, given, state, reason) => {
    expect(classifyFailure(upstreamError(code, sent, given))).toMatchObject({ code, state, reason, reference: "r" });
  });

  it("knows an error of ours, thrown before anything left, from one that says nothing", () => {
    expect(classifyFailure(new AppError("bad_request"))).toMatchObject({ state: "failed", code: "bad_request" });
    expect(classifyFailure(new Error("what?"))).toMatchObject({ state: "unknown", code: "outcome_unknown" });
  });
});

describe("a lost create", () => {
  it.each([
    ["at the end of the window", {}, null, true],
    ["after it", { createdAt: "2026-11-23T12:02:01.001Z" }, null, false],
    ["after it, by a clock that is ahead", { createdAt: "2026-11-23T12:03:00.000Z" }, 60_000, true],
    ["before it", { createdAt: "2026-11-23T11:58:00.999Z" }, 0, false],
    ["at an unknown time", { createdAt: null }, null, true],
    ["known before", { id: 1 }, null, false],
  ])("an account created %s", (_, more, skew, expected) => {
    expect(mayBeLost({ ...account, ...more }, operation, skew)).toBe(expected);
  });

  it("is not what somebody else created", () => {
    expect(mayBeOurs(account, 7)).toBe(true);
    expect(mayBeOurs(account, 8)).toBe(false);
    expect(mayBeOurs(account, null)).toBe(true);
    expect(mayBeOurs({ ...account, creatorId: null }, 8)).toBe(true);
  });
});

describe("what is known, in words", () => {
  const prepared: StoredOperation = { ...operation, kind: "delete", state: "prepared", accountId: 2, sentAt: null };
  const assign: StoredOperation = {
    ...operation,
    kind: "assign",
    accountName: "3 service accounts",
    projectId: 5,
    projectName: "Shop",
    input: { accounts: [{ id: 2, name: "export" }], role: "analyst" },
  };

  it.each<[StoredOperation, Partial<typeof facts>, string, string]>([
    [prepared, {}, "export is about to be deleted, by Max since 12:00 UTC.", "none"],
    [
      prepared,
      { stale: true },
      "This was never sent, and nothing has been seen of the console that was to do so for a minute: export was not deleted.",
      "reconcile",
    ],
    [{ ...assign, state: "sent" }, {}, "3 service accounts are being added to Shop by Max since 12:00 UTC.", "none"],
    [
      { ...assign, kind: "remove", state: "sent" },
      { stale: true },
      "Sent at 12:00 UTC, but no answer was recorded within a minute. What happened can be read from Mixpanel.",
      "reconcile",
    ],
    [
      { ...operation, state: "failed", errorCode: "upstream_refused" },
      {},
      "export was not created. Mixpanel refused the change. Nothing was changed. Correct the input and try again.",
      "none",
    ],
    [
      { ...prepared, state: "failed", errorCode: "upstream_timeout", errorReason: "Not sent." },
      {},
      "export was not deleted. Mixpanel did not answer in time. Not sent.",
      "retry",
    ],
    [
      { ...operation, state: "failed" },
      {},
      "export was not created. Something went wrong in Keywarden. Nothing was sent to Mixpanel by this step unless the page says so. Report the reference.",
      "none",
    ],
    [
      { ...assign, state: "reconciled", outcome: "happened" },
      {},
      "The answer was lost, but a reading of Mixpanel shows that 3 service accounts were added to Shop.",
      "none",
    ],
    [
      { ...assign, state: "reconciled", outcome: "partly" },
      {},
      "A reading of Mixpanel shows 0 of 0 added to Shop. Finish the rest.",
      "none",
    ],
    [{ ...assign, state: "succeeded" }, {}, "3 service accounts were added to Shop.", "none"],
  ])("%#", (told, more, sentence, nextStep) => {
    expect(describeOperation(told, { ...facts, ...more })).toBe(sentence);
    expect(nextStepOf(told, { ...facts, ...more }).nextStep).toBe(nextStep);
  });

  it("words every grant", () => {
    expect(["team", "organization", "vendor"].map(grantWords)).toEqual([
      "a team",
      "the organization",
      'a grant of kind "vendor"',
    ]);
  });
});

describe("small certainties", () => {
  it("takes whatever was thrown for an error of the one table", () => {
    const known = new AppError("not_found");
    expect(asAppError(known)).toBe(known);
    expect(asAppError(new Error("what?"))).toMatchObject({ code: "internal" });
    expect(storedError({ ...operation, errorCode: "a code of a later version" }).code).toBe("internal");
    expect(unknownError({ ...operation, errorReason: "Cut off." }).details).toEqual({
      operationId: "op",
      reason: "Cut off.",
    });
  });

  it("names the accounts of each kind of operation", () => {
    expect(accountsOf(operation)).toEqual([]);
    expect(accountsOf({ ...operation, accountId: 2 })).toEqual([{ id: 2, name: "export" }]);
    expect(lastStepAt({ preparedAt: operation.preparedAt, sentAt: null })).toBe(Date.parse(operation.preparedAt));
    expect(secretEvent(operation, "secret.view", "succeeded").targetId).toBeNull();
  });
});
