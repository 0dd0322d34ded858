import { sql } from "kysely";
import { type Database, dialectOf, type Transaction } from "./database";
import { inTransaction } from "./in-transaction";
import { type Migration, migrations } from "./migrations/all-migrations";

/** Any number will do, as long as every replica takes the same one. */
const MIGRATION_LOCK = 7_120_451;
type VersionTable = { schema_versions: { name: string; applied_at: string } };

/** The database was written by a newer Keywarden; running on it could damage what this version does not know. */
export class SchemaTooNewError extends Error {
  readonly unknown: readonly string[];

  constructor(unknown: readonly string[]) {
    super(
      `The database has migrations this version does not know (${unknown.join(", ")}). ` +
        "Start the version that made them, or restore a backup taken before.",
    );
    this.name = "SchemaTooNewError";
    this.unknown = unknown;
  }
}

/**
 * Brings the schema up to date; several replicas may call it at once. Each migration is one transaction together with
 * its line in `schema_versions`, so a process killed half-way leaves nothing half-done. Throws SchemaTooNewError.
 */
export async function migrateToLatest(database: Database, known: readonly Migration[] = migrations): Promise<void> {
  let done = false;
  while (!done) done = await inTransaction(database, (transaction) => applyNext(transaction, known));
}

/** Applies the first migration that is missing; answers whether there was none. */
async function applyNext(transaction: Transaction, known: readonly Migration[]): Promise<boolean> {
  const dialect = dialectOf(transaction);
  if (dialect === "postgresql") await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
  const versions = transaction.withTables<VersionTable>();
  if (!(await hasVersions(transaction))) await createVersions(versions);
  const rows = await versions.selectFrom("schema_versions").select("name").execute();
  const applied = new Set(rows.map((row) => row.name));
  const unknown = [...applied].filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) throw new SchemaTooNewError(unknown);
  const next = known.find((migration) => !applied.has(migration.name));
  if (!next) return true;
  await next.up(transaction, dialect);
  await versions
    .insertInto("schema_versions")
    .values({ name: next.name, applied_at: new Date().toISOString() })
    .execute();
  return false;
}

/** Asked first, for even "create if not exists" needs a right that a role may lack once the schema stands. */
async function hasVersions(transaction: Transaction): Promise<boolean> {
  const query =
    dialectOf(transaction) === "postgresql"
      ? sql`select 1 where to_regclass('schema_versions') is not null`
      : sql`select 1 from sqlite_master where type = 'table' and name = 'schema_versions'`;
  return (await query.execute(transaction)).rows.length > 0;
}

async function createVersions({ schema }: Pick<Transaction, "schema">): Promise<void> {
  await schema
    .createTable("schema_versions")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("applied_at", "text", (column) => column.notNull())
    .execute();
}
