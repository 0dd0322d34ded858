import type { Transaction } from "@/lib/db/database";
import { acquireLease, holdsLease, type Lease, releaseLease, renewLease } from "@/lib/db/leases";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";

/** Longer than the slowest step, so that a step never outlives it; a process that died blocks for no longer. */
const LEASE_MS = 120_000;

export type RotationLease = {
  /** Before each step. Throws `operation_in_progress` when another process has taken over. */
  keep: () => Promise<void>;
  /** Inside the commit of each step: the same, held until the commit. */
  hold: (transaction: Transaction) => Promise<void>;
};

/** Carries out `work` while no other request, on whichever replica, works at the rotation of this name. */
export async function withRotationLease<T>(
  context: OrganizationContext,
  rotation: string,
  work: (lease: RotationLease) => Promise<T>,
): Promise<T> {
  const { database, organization, now, newId } = context;
  const term = () => ({ now: now().toISOString(), expiresAt: new Date(now().getTime() + LEASE_MS).toISOString() });
  const lease: Lease | null = await acquireLease(database, {
    name: `rotation:${rotation}`,
    holder: newId(),
    ...term(),
  });
  if (!lease) throw elsewhere();
  try {
    return await work({
      keep: async () => {
        if (!(await renewLease(database, lease, term()))) throw elsewhere();
      },
      hold: async (transaction) => {
        if (!(await holdsLease(transaction, lease))) throw elsewhere();
      },
    });
  } finally {
    await releaseLease(database, lease, now().toISOString()).catch((error: unknown) =>
      context.logger.warn({ organization: organization.key, err: error }, "A lease could not be given back"),
    );
  }
}

function elsewhere(): AppError {
  const reason =
    "This rotation is being carried out right now, or was interrupted a moment ago. Look again in 2 minutes.";
  return new AppError("operation_in_progress", { reason });
}
