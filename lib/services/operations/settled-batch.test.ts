import { afterEach, beforeEach, expect, it } from "vitest";
import { listOperationsInState } from "@/lib/db/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { settledBatch } from "./settled-batch";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const input = { name: "doubtful", purpose: "", role: "consumer", expiresAt: null, neverReason: "a test" } as const;
const create = (context: OrganizationContext = stage.as(manager)) =>
  createServiceAccount({ context, input: { ...input, projects: [] }, idempotencyKey: stage.newKey() }).catch(
    () => undefined,
  );
async function only(state: "sent" | "unknown") {
  const [operation, ...others] = await listOperationsInState(stage.database, stage.organization.key, [state]);
  if (!operation || others.length > 0) throw new Error(`One operation is ${state}.`);
  return operation;
}

it("nothing was attempted before, so nothing has to settle", async () => {
  expect(await settledBatch(stage.as(manager), null)).toEqual([]);
});

it("an attempt in doubt holds up what follows until Mixpanel can be read", async () => {
  await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
  await stage.control.fault({ method: "GET", fault: { kind: "html", status: 200 } });
  await create();
  const { id, batchId } = await only("unknown");
  expect(await failureOf(settledBatch(stage.as(manager), batchId))).toMatchObject({
    code: "outcome_unknown",
    details: { operationId: id },
  });
  await stage.control.clearFaults();
  await stage.advance(11);
  expect(await settledBatch(stage.as(manager), batchId)).toMatchObject([
    { state: "reconciled", outcome: "secret_lost" },
  ]);
});

it("an attempt that may still be under way is not gone on from, and says since when", async () => {
  await create(
    stage.as(manager, {
      crashPoint: (point) => {
        if (point === "after_answer") throw new Error("died");
      },
    }),
  );
  const { id, batchId, preparedAt } = await only("sent");
  expect(await failureOf(settledBatch(stage.as(manager), batchId))).toMatchObject({
    code: "operation_in_progress",
    details: { operationId: id, reason: expect.stringContaining(`since ${preparedAt.slice(11, 16)} UTC`) },
  });
});
