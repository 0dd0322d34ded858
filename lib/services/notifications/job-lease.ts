import type { Transaction } from "@/lib/db/database";
import { acquireLease, holdsLease, releaseLease, renewLease } from "@/lib/db/leases";
import type { AppContext } from "@/lib/services/context";

/** Longer than any one step of a job, also of a message to a target that answers at the last moment. */
const TERM_MS = 120_000;
const RENEW_AFTER_MS = 15_000;

/** Another process holds the job's lease by now: whatever was about to be written is not. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

export type JobLease = {
  /** The fencing token. */
  token: number;
  /** Between two steps; throws LeaseLost. */
  keep: () => Promise<void>;
  /** Inside the commit of a step: the same, held until the commit. */
  hold: (transaction: Transaction) => Promise<void>;
};

/** Does the work on one replica at a time; null while another is at it. Losing the lease half-way ends it quietly. */
export async function withJobLease<T>(
  { database, now, newId, logger }: AppContext,
  name: string,
  work: (lease: JobLease) => Promise<T>,
): Promise<T | null> {
  const at = (ms: number) => new Date(now().getTime() + ms).toISOString();
  const term = () => ({ now: at(0), expiresAt: at(TERM_MS) });
  const lease = await acquireLease(database, { name, holder: newId(), ...term(), farthest: at(2 * TERM_MS) });
  if (!lease) return null;
  let renewedAt = now().getTime();
  try {
    return await work({
      token: lease.token,
      keep: async () => {
        if (Math.abs(now().getTime() - renewedAt) < RENEW_AFTER_MS) return;
        if (!(await renewLease(database, lease, term()))) throw new LeaseLost();
        renewedAt = now().getTime();
      },
      hold: async (transaction) => {
        if (!(await holdsLease(transaction, lease))) throw new LeaseLost();
      },
    });
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    logger.info({ job: name }, "Another process has taken this job over.");
    return null;
  } finally {
    await releaseLease(database, lease, at(0)).catch((error: unknown) =>
      logger.warn({ job: name, err: error }, "A lease could not be given back"),
    );
  }
}
