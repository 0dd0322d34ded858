import type { Selectable } from "kysely";
import type { Database } from "./database";
import type { Tables } from "./tables";

type NewKeyCheck = { keyId: string; sealed: string; createdAt: string };

/** Stores the check of a new database; one that is there already stays, whoever was first. */
export async function insertKeyCheck(database: Database, check: NewKeyCheck): Promise<void> {
  await database
    .insertInto("key_check")
    .values({ id: 1, key_id: check.keyId, sealed: check.sealed, created_at: check.createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function findKeyCheck(database: Database): Promise<Selectable<Tables["key_check"]>> {
  return database.selectFrom("key_check").selectAll().where("id", "=", 1).executeTakeFirstOrThrow();
}

export async function replaceKeyCheck(database: Database, check: NewKeyCheck): Promise<void> {
  await database
    .updateTable("key_check")
    .set({ key_id: check.keyId, sealed: check.sealed, created_at: check.createdAt })
    .where("id", "=", 1)
    .execute();
}
