import { z } from "zod";
import type { SyncView } from "@/lib/domain/inventory-view";
import { loadInventoryState } from "./load-state";
import { startOrganizationSync } from "./sync";
import type { SyncContext } from "./sync-context";

export const startSyncInputSchema = z.object({
  /** Believe what the last sync doubted, if Mixpanel says just the same again. */
  acceptDoubt: z.boolean().default(false),
});
export type StartSyncInput = z.infer<typeof startSyncInputSchema>;

/** Starts a sync, or joins the one under way, and answers at once; the answer shows it running. */
export async function startSync(context: SyncContext, input: StartSyncInput): Promise<SyncView> {
  await startOrganizationSync(context, input).begun;
  return (await loadInventoryState(context)).sync;
}
