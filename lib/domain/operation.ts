import { z } from "zod";

export const operationKinds = ["create", "assign", "remove", "delete"] as const;
export const operationKindSchema = z.enum(operationKinds);
export type OperationKind = z.infer<typeof operationKindSchema>;

/** `failed` means: known not to have happened. `unknown`: sent, no usable answer. `reconciled`: an unknown whose truth was read. */
export const operationStates = ["prepared", "sent", "succeeded", "failed", "unknown", "reconciled"] as const;
export const operationStateSchema = z.enum(operationStates);
export type OperationState = z.infer<typeof operationStateSchema>;

const transitions: Record<OperationState, readonly OperationState[]> = {
  prepared: ["sent", "failed"],
  sent: ["succeeded", "failed", "unknown"],
  unknown: ["reconciled"],
  succeeded: [],
  failed: [],
  reconciled: [],
};

export const operationCan = {
  become: (from: OperationState, to: OperationState): boolean => transitions[from].includes(to),
  beSent: (operation: { state: OperationState }): boolean => operation.state === "prepared",
  beReconciled: (operation: { state: OperationState }): boolean => operation.state === "unknown",
};

export function isFinished(state: OperationState): boolean {
  return transitions[state].length === 0;
}

/** What the reconciler found at Mixpanel. */
export const reconciledOutcomes = ["happened", "did_not_happen", "partly", "secret_lost"] as const;
export const reconciledOutcomeSchema = z.enum(reconciledOutcomes);
export type ReconciledOutcome = z.infer<typeof reconciledOutcomeSchema>;
