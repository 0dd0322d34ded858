import { renewSent } from "@/lib/db/sent-operations";
import type { OrganizationContext } from "@/lib/services/context";

const FRESH_MS = 1_000;
/** Well below STALE_AFTER_MS: what another replica may have given up by now never leaves. */
export const LEAVES_WITHIN_MS = 30_000;

/**
 * Whether a change whose turn has come may still be sent. It may have waited behind others: then it must not have waited
 * long, and must still be `sent` in the record, which from then on counts from this moment.
 */
export async function mayLeave(context: OrganizationContext, operationId: string, sentAt: Date): Promise<boolean> {
  const waited = context.now().getTime() - sentAt.getTime();
  if (waited < FRESH_MS) return true;
  if (waited > LEAVES_WITHIN_MS) return false;
  try {
    return await renewSent(context.database, operationId, context.now().toISOString());
  } catch (error) {
    context.logger.warn({ operationId, cause: String(error) }, "A change was not sent: its record does not answer");
    return false;
  }
}
