import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listOperationsInState, moveOperation } from "@/lib/db/operations";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const input = { purpose: "", role: "consumer", expiresAt: null, neverReason: "a test" } as const;
const inState = (state: "sent" | "failed" | "unknown") =>
  listOperationsInState(stage.database, stage.organization.key, [state]);

/** Creates an account; between `sent` and its turn, `meanwhile` happens. */
function createLate(meanwhile: () => Promise<unknown>, database = stage.database) {
  const crashPoint = async (point: string) => {
    if (point === "after_sent") await meanwhile();
  };
  const context = stage.as(manager, { crashPoint, database });
  return createServiceAccount({
    context,
    input: { ...input, name: "late", projects: [] },
    idempotencyKey: stage.newKey(),
  });
}

describe("a change that waited for its turn", () => {
  it("leaves after a short wait, and its record counts from then", async () => {
    const { operationId } = await createLate(() => stage.advance(20));
    const [row] = await listOperationsInState(stage.database, stage.organization.key, ["succeeded"]);
    expect(row).toMatchObject({ id: operationId, sentAt: stage.now().toISOString() });
    await expectPromisesKept(stage, 1);
  });

  it("does not leave after a long one: it failed, and nothing was changed", async () => {
    const error = await failureOf(createLate(() => stage.advance(31)));
    expect(error).toMatchObject({ code: "upstream_timeout", details: { reason: expect.stringContaining("Not sent") } });
    expect(await inState("failed")).toHaveLength(1);
    await expectPromisesKept(stage, 0);
  });

  it("does not leave once another replica gave it up", async () => {
    const error = await failureOf(
      createLate(async () => {
        await stage.advance(5);
        const [operation] = await inState("sent");
        await moveOperation(stage.database, operation?.id ?? "", "sent", "unknown", {});
      }),
    );
    expect(error).toMatchObject({ code: "outcome_unknown" });
    expect(await inState("unknown")).toHaveLength(1);
    expect(await stage.control.ledger()).toEqual([]);
  });

  it("does not leave when its record does not answer", async () => {
    const leaving = await stage.again();
    const late = createLate(async () => {
      await stage.advance(5);
      await leaving.destroy();
    }, leaving);
    expect(await failureOf(late)).toMatchObject({ code: "outcome_unknown" });
    expect(await stage.control.ledger()).toEqual([]);
  });
});
