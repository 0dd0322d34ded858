import type { StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { BatchAnswer, TargetResult } from "@/lib/domain/change";
import type { OperationKind } from "@/lib/domain/operation";
import { accountsOf } from "./accounts-of";
import { changeError, storedError, unknownError } from "./change-error";

type Batch = {
  batchId: string;
  kind: OperationKind;
  operations: readonly StoredOperation[];
  unsent: readonly TargetResult[];
};

/** The answer to a request over several targets, made from its rows alone, so that a repeat says the same. */
export function batchAnswer({ batchId, kind, operations, unsent }: Batch, reference: string): BatchAnswer {
  const results = operations
    .filter((operation) => !wasRepeated(operation, operations))
    .flatMap((operation) => resultsOf(operation, reference));
  return { batchId, kind, results: [...results, ...unsent].toSorted(byTarget) };
}

/** A delete that a reading showed not to have happened is tried once more; only the last word counts. */
function wasRepeated(operation: StoredOperation, all: readonly StoredOperation[]): boolean {
  if (operation.kind !== "delete") return false;
  const tries = all.filter((other) => other.accountId === operation.accountId);
  const lastWord = tries.find((other) => other.outcome !== "did_not_happen") ?? tries.at(-1);
  return lastWord?.id !== operation.id;
}

function byTarget(left: TargetResult, right: TargetResult): number {
  return orderOf(left).localeCompare(orderOf(right));
}

function orderOf({ accountName, accountId, projectName, projectId }: TargetResult): string {
  return [accountName, accountId, projectName, projectId].join("\n");
}

function resultsOf(operation: StoredOperation, reference: string): TargetResult[] {
  return accountsOf(operation).map(({ id, name }) => ({
    operationId: operation.id,
    accountId: id,
    accountName: name,
    projectId: operation.projectId,
    projectName: operation.projectName,
    role: null,
    message: null,
    error: null,
    ...outcomeFor(operation, id, reference),
  }));
}

type Outcome = Pick<TargetResult, "outcome"> & Partial<TargetResult>;

function outcomeFor(operation: StoredOperation, accountId: number, reference: string): Outcome {
  switch (operation.state) {
    case "prepared":
      return {
        outcome: "skipped",
        error: changeError(new AppError("read_only", { operationId: operation.id }), reference),
      };
    case "failed":
      return { outcome: "failed", error: changeError(storedError(operation), reference) };
    case "sent":
    case "unknown":
      return { outcome: "unknown", error: changeError(unknownError(operation), reference) };
    case "reconciled":
      if (operation.outcome === "did_not_happen") {
        const message = "Mixpanel was asked, but it did not happen. Nothing was changed; try again.";
        return { outcome: "failed", message, error: changeError(storedError(operation), reference) };
      }
      return toldOutcome(operation, accountId);
    case "succeeded":
      return toldOutcome(operation, accountId);
  }
}

function toldOutcome({ result }: StoredOperation, accountId: number): Outcome {
  if (result.alreadyAbsent) return { outcome: "done", message: "It was already absent at Mixpanel." };
  const account = result.accounts?.find((candidate) => candidate.id === accountId);
  return account ? { outcome: account.outcome, role: account.role, message: account.message } : { outcome: "done" };
}
