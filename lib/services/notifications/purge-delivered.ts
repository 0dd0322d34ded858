import { purgeNotifications } from "@/lib/db/notification-queries";
import type { AppContext } from "@/lib/services/context";

const KEPT_MS = 90 * 86_400_000;

/** Messages are shown for ninety days. Which thresholds are done with is remembered apart, and stays. */
export function purgeDelivered({ database, now }: AppContext): Promise<number> {
  return purgeNotifications(database, new Date(now().getTime() - KEPT_MS).toISOString());
}
