import { expect, it } from "vitest";
import { isFinished, operationCan, operationStates } from "./operation";

it("never sends an operation a second time", () => {
  expect(operationStates.filter((state) => operationCan.beSent({ state }))).toEqual(["prepared"]);
  expect(operationStates.filter((from) => operationCan.become(from, "sent"))).toEqual(["prepared"]);
});

it("ends in succeeded, failed or reconciled and leaves none of them", () => {
  expect(operationStates.filter(isFinished)).toEqual(["succeeded", "failed", "reconciled"]);
  expect(operationStates.filter((state) => operationCan.beReconciled({ state }))).toEqual(["unknown"]);
});
