import { noteAlive } from "@/lib/db/prepared-operations";
import type { OrganizationContext } from "@/lib/services/context";

/** Well below STALE_AFTER_MS, so that one that is missed does no harm. */
export const HEARTBEAT_MS = 15_000;

/**
 * A large request takes minutes. As long as `work` goes on, other replicas are told that its operations which wait for
 * their turn are not abandoned; when the database does not take that, they are given up and never sent.
 */
export async function withHeartbeat<T>(
  { database, now, logger, reference }: OrganizationContext,
  batchId: string,
  work: () => Promise<T>,
): Promise<T> {
  const beat = setInterval(() => {
    noteAlive(database, batchId, now().toISOString()).catch((error: unknown) =>
      logger.warn({ batchId, reference, cause: String(error) }, "That a request goes on could not be noted"),
    );
  }, HEARTBEAT_MS);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
