import { purgeIdempotencyKeys } from "@/lib/db/idempotency-keys";
import type { AppContext } from "@/lib/services/context";

/**
 * How long a repeat is known as one. Far longer than a session or an open form can last: a request that came again
 * after this would be a new one.
 */
export const KEYS_KEPT_MS = 30 * 24 * 60 * 60_000;

/** Forgets the keys of requests that nobody can still repeat; answers how many. Open operations keep theirs. */
export function purgeKeys({ database, now }: Pick<AppContext, "database" | "now">): Promise<number> {
  return purgeIdempotencyKeys(database, new Date(now().getTime() - KEYS_KEPT_MS).toISOString());
}
