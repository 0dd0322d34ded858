import { type Kysely, sql } from "kysely";
import { inBatches } from "./in-batches";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** Which reading last wrote an account or a project's members: id → ticket. */
export type Touches = { accounts: Map<number, number>; projects: Map<number, number> };

/**
 * Counts a reading as it begins. Inside a transaction it also holds the organization's row until the commit, so that
 * nobody else writes its inventory meanwhile.
 */
export async function takeTicket(handle: Handle, key: string): Promise<number> {
  const row = await handle
    .updateTable("organizations")
    .set({ reading_ticket: sql<number>`reading_ticket + 1` })
    .where("key", "=", key)
    .returning("reading_ticket")
    .executeTakeFirstOrThrow();
  return row.reading_ticket;
}

/** Holds the organization's row until the transaction ends. */
export async function lockInventory(handle: Handle, key: string): Promise<void> {
  const row = handle.updateTable("organizations").set({ reading_ticket: sql<number>`reading_ticket` });
  await row.where("key", "=", key).execute();
}

export async function loadTouches(handle: Handle, key: string): Promise<Touches> {
  const query = handle.selectFrom("inventory_touches").select(["kind", "target_id", "ticket"]);
  const touches: Touches = { accounts: new Map(), projects: new Map() };
  for (const row of await query.where("organization_key", "=", key).execute()) {
    touches[row.kind === "account" ? "accounts" : "projects"].set(row.target_id, row.ticket);
  }
  return touches;
}

export async function recordTouches(
  handle: Handle,
  key: string,
  kind: "account" | "project",
  ids: readonly number[],
  ticket: number,
): Promise<void> {
  await inBatches(ids, (batch) =>
    handle
      .insertInto("inventory_touches")
      .values(batch.map((id) => ({ organization_key: key, kind, target_id: id, ticket })))
      .onConflict((conflict) =>
        conflict.columns(["organization_key", "kind", "target_id"]).doUpdateSet((row) => ({
          ticket: row.ref("excluded.ticket"),
        })),
      )
      .execute(),
  );
}

/** Forgets touches older than any reading that can still be under way. */
export async function pruneTouches(handle: Handle, key: string, before: number): Promise<void> {
  const old = handle.deleteFrom("inventory_touches").where("organization_key", "=", key);
  await old.where("ticket", "<", before).execute();
}
