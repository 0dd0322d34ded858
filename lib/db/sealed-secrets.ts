import type { Selectable } from "kysely";
import type { Database } from "./database";
import type { Tables } from "./tables";

export type SealedSecretRow = Selectable<Tables["sealed_secrets"]>;

export async function insertSealedSecret(database: Database, secret: Omit<SealedSecretRow, "views">): Promise<void> {
  await database
    .insertInto("sealed_secrets")
    .values({ ...secret, views: 0 })
    .execute();
}

/** The secret of an operation while it may be opened, and only for the operator who made it. */
export function findOpenableSecret(
  database: Database,
  asked: { operationId: string; operatorId: string; now: string },
): Promise<SealedSecretRow | undefined> {
  return database
    .selectFrom("sealed_secrets")
    .selectAll()
    .where("operation_id", "=", asked.operationId)
    .where("operator_id", "=", asked.operatorId)
    .where("expires_at", ">", asked.now)
    .executeTakeFirst();
}

/** Until when which operation's secret may still be opened. */
export function listOpenableSecrets(
  database: Database,
  organizationKey: string,
  now: string,
): Promise<Pick<SealedSecretRow, "operation_id" | "expires_at">[]> {
  return database
    .selectFrom("sealed_secrets")
    .select(["operation_id", "expires_at"])
    .where("organization_key", "=", organizationKey)
    .where("expires_at", ">", now)
    .execute();
}

export async function countSecretView(database: Database, operationId: string): Promise<void> {
  await database
    .updateTable("sealed_secrets")
    .set(({ eb }) => ({ views: eb("views", "+", 1) }))
    .where("operation_id", "=", operationId)
    .execute();
}

/** Answers whether there was one. */
export async function purgeSecret(database: Database, operationId: string): Promise<boolean> {
  const [gone] = await database
    .deleteFrom("sealed_secrets")
    .where("operation_id", "=", operationId)
    .returning("operation_id")
    .execute();
  return gone !== undefined;
}

/** Removes the secrets whose time is over, and answers whose they were. */
export function purgeExpiredSecrets(
  database: Database,
  now: string,
): Promise<Pick<SealedSecretRow, "operation_id" | "organization_key" | "operator_id">[]> {
  return database
    .deleteFrom("sealed_secrets")
    .where("expires_at", "<=", now)
    .returning(["operation_id", "organization_key", "operator_id"])
    .execute();
}
