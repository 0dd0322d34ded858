import { Kysely, type Transaction as KyselyTransaction } from "kysely";
import { createPostgresqlDialect } from "./postgresql-dialect";
import { createSqliteDialect } from "./sqlite-dialect";
import type { Tables } from "./tables";

export type Database = Kysely<Tables>;
export type Transaction = KyselyTransaction<Tables>;
export type DialectName = "sqlite" | "postgresql";

/** Opens PostgreSQL where `url` is given, else SQLite in `dataDir` (made if missing). Close with `destroy()`. */
export async function openDatabase({ url, dataDir }: { url?: string; dataDir: string }): Promise<Database> {
  const dialect = url ? createPostgresqlDialect(url) : await createSqliteDialect(dataDir);
  return new Kysely<Tables>({ dialect });
}

/** Asks the adapter for a trait, not for its class: a bundler may hold two copies of Kysely. */
export function dialectOf(database: Database): DialectName {
  return database.getExecutor().adapter.supportsTransactionalDdl ? "postgresql" : "sqlite";
}
