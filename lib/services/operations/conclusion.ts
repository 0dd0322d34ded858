import type { Transaction } from "@/lib/db/database";
import type { ReconciledOutcome } from "@/lib/domain/operation";
import type { OperationResult } from "@/lib/domain/operation-detail";

/** What a reading says of a change in doubt; `open` when it does not yet say anything for certain. */
export type Conclusion =
  | { found: "open"; result?: OperationResult }
  | {
      found: ReconciledOutcome;
      result?: OperationResult;
      account?: { id: number; username: string };
      write?: (transaction: Transaction) => Promise<void>;
    };

/** A request may still be worked on after its answer was lost; what is absent later than this will not come any more. */
export const SETTLED_AFTER_MS = 10_000;
