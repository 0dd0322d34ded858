import { type Database, dialectOf, type Transaction } from "./database";

/** The right to do a job, until it runs out. `token` grows with every holder: the fencing token. */
export type Lease = { name: string; holder: string; token: number };
type Term = { now: string; expiresAt: string };

/**
 * Takes a lease that is free or has run out, in one statement; null while another holds it. One that ends after
 * `farthest` was taken by a clock that has been set back since, and would block the job until then: it counts as over.
 */
export async function acquireLease(
  database: Database,
  { name, holder, now, expiresAt, farthest }: { name: string; holder: string; farthest?: string } & Term,
): Promise<Lease | null> {
  const row = await database
    .insertInto("leases")
    .values({ name, holder, token: 1, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet(({ eb }) => ({ holder, token: eb("leases.token", "+", 1), expires_at: expiresAt }))
        .where(({ eb, or }) =>
          or([
            eb("leases.expires_at", "<=", now),
            ...(farthest === undefined ? [] : [eb("leases.expires_at", ">", farthest)]),
          ]),
        ),
    )
    .returning(["name", "holder", "token"])
    .executeTakeFirst();
  return row ?? null;
}

/** Prolongs a lease that is still held; false when it was lost, and the job must stop. */
export async function renewLease(database: Database, lease: Lease, { now, expiresAt }: Term): Promise<boolean> {
  const row = await database
    .updateTable("leases")
    .set({ expires_at: expiresAt })
    .where("name", "=", lease.name)
    .where("token", "=", lease.token)
    .where("expires_at", ">", now)
    .returning("name")
    .executeTakeFirst();
  return row !== undefined;
}

/** Frees the lease at once. The row stays, so that its tokens go on growing. */
export async function releaseLease(database: Database, lease: Lease, now: string): Promise<void> {
  await database
    .updateTable("leases")
    .set({ expires_at: now })
    .where("name", "=", lease.name)
    .where("token", "=", lease.token)
    .execute();
}

/**
 * Holds the lease fast until the transaction ends; false when a later holder has it. A job's writes go behind this, so
 * that one who lost its lease without noticing writes nothing.
 */
export async function holdsLease(transaction: Transaction, lease: Lease): Promise<boolean> {
  const query = transaction.selectFrom("leases").select("token").where("name", "=", lease.name);
  const row = await (dialectOf(transaction) === "postgresql" ? query.forUpdate() : query).executeTakeFirst();
  return row?.token === lease.token;
}
