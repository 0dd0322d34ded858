import type { Kysely, Selectable } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type FeedRow = Selectable<Tables["feeds"]>;

export async function insertFeed(handle: Handle, row: FeedRow): Promise<void> {
  await handle.insertInto("feeds").values(row).execute();
}

export function listFeeds(handle: Handle, operatorId: string): Promise<FeedRow[]> {
  return handle
    .selectFrom("feeds")
    .selectAll()
    .where("operator_id", "=", operatorId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** The feed behind a token, with what is known of its operator now. */
export function findFeed(handle: Handle, tokenHash: string) {
  return handle
    .selectFrom("feeds")
    .innerJoin("operators", "operators.id", "feeds.operator_id")
    .selectAll("feeds")
    .select(["operators.role as operator_role", "operators.last_sign_in_at"])
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
}

export async function noteFeedRead(handle: Handle, id: string, at: string): Promise<void> {
  await handle.updateTable("feeds").set({ last_read_at: at }).where("id", "=", id).execute();
}

export async function deleteFeed(handle: Handle, operatorId: string, id: string): Promise<FeedRow | undefined> {
  return handle
    .deleteFrom("feeds")
    .where("operator_id", "=", operatorId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Ends every feed of somebody who has lost their way in; answers how many. */
export async function deleteFeedsOf(handle: Handle, operatorId: string): Promise<number> {
  const rows = await handle.deleteFrom("feeds").where("operator_id", "=", operatorId).returning("id").execute();
  return rows.length;
}

/** The same for somebody known by what the provider says. */
export async function deleteFeedsOfIdentity(
  handle: Handle,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<number> {
  const operators = handle.selectFrom("operators").select("id").where("issuer", "=", issuer);
  const operator = await operators.where("subject", "=", subject).executeTakeFirst();
  return operator ? deleteFeedsOf(handle, operator.id) : 0;
}
