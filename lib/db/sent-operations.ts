import type { Kysely } from "kysely";
import type { Tables } from "./tables";

/** Says anew when an operation is sent, if nobody has given it up meanwhile; answers whether it still may be. */
export async function renewSent(handle: Kysely<Tables>, id: string, sentAt: string): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("operations")
    .set({ sent_at: sentAt })
    .where("id", "=", id)
    .where("state", "=", "sent")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
