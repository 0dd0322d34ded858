import type { Kysely } from "kysely";
import type { Tables } from "./tables";

/** Notes that the operations of a request which wait for their turn still have a process that will send them. */
export async function noteAlive(handle: Kysely<Tables>, batchId: string, aliveAt: string): Promise<void> {
  await handle
    .updateTable("operations")
    .set({ alive_at: aliveAt })
    .where("batch_id", "=", batchId)
    .where("state", "=", "prepared")
    .execute();
}
