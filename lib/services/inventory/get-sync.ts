import type { SyncView } from "@/lib/domain/inventory-view";
import { loadInventoryState } from "./load-state";
import type { SyncContext } from "./sync-context";

export async function getSync(context: SyncContext): Promise<SyncView> {
  return (await loadInventoryState(context)).sync;
}
