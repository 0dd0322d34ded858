import type { Kysely } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

export type IdempotencyKey = {
  operatorId: string;
  key: string;
  requestHash: string;
  batchId: string;
  unsent: string;
  createdAt: string;
};

/** Takes the key for one request; answers false when another request of the operator already holds it. */
export async function takeIdempotencyKey(handle: Handle, taken: IdempotencyKey): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await handle
    .insertInto("idempotency_keys")
    .values({
      operator_id: taken.operatorId,
      key: taken.key,
      request_hash: taken.requestHash,
      batch_id: taken.batchId,
      unsent: taken.unsent,
      created_at: taken.createdAt,
    })
    .onConflict((conflict) => conflict.columns(["operator_id", "key"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function findIdempotencyKey(
  handle: Handle,
  operatorId: string,
  key: string,
): Promise<IdempotencyKey | undefined> {
  const row = await handle
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("operator_id", "=", operatorId)
    .where("key", "=", key)
    .executeTakeFirst();
  return (
    row && {
      operatorId: row.operator_id,
      key: row.key,
      requestHash: row.request_hash,
      batchId: row.batch_id,
      unsent: row.unsent,
      createdAt: row.created_at,
    }
  );
}

/** Forgets the keys of requests that were made before and have come to an end; answers how many. */
export async function purgeIdempotencyKeys(handle: Handle, before: string): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom("idempotency_keys")
    .where("created_at", "<", before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("operations")
            .select("operations.id")
            .whereRef("operations.batch_id", "=", "idempotency_keys.batch_id")
            .where("operations.state", "in", ["prepared", "sent", "unknown"]),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
