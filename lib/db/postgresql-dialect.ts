import { type DatabaseConnection, PostgresAdapter, PostgresDialect, PostgresDriver } from "kysely";
import pg from "pg";
import { ConnectionGuard } from "./connection-guard";

const INT8 = 20;
const POOL_SIZE = 10;

export function createPostgresqlDialect(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "keywarden",
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    query_timeout: 35_000,
    keepAlive: true,
    types: { getTypeParser },
  });
  // An idle connection that breaks must not end the process; the next query says what is wrong.
  pool.on("error", () => undefined);
  return new GuardedPostgresDialect(pool);
}

/** Counts and identifiers arrive as numbers, as they do from SQLite; all of ours are far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (...[id, format]: Parameters<typeof pg.types.getTypeParser>) =>
  id === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(id, format);

class GuardedPostgresDialect extends PostgresDialect {
  private readonly guard = new ConnectionGuard();

  constructor(private readonly pool: pg.Pool) {
    super({ pool });
  }

  override createDriver(): PostgresDriver {
    return new GuardedPostgresDriver(this.pool, this.guard);
  }

  override createAdapter(): PostgresAdapter {
    return new GuardedPostgresAdapter(this.guard);
  }
}

class GuardedPostgresAdapter extends PostgresAdapter {
  constructor(readonly guard: ConnectionGuard) {
    super();
  }
}

class GuardedPostgresDriver extends PostgresDriver {
  constructor(
    pool: pg.Pool,
    private readonly guard: ConnectionGuard,
  ) {
    super({ pool });
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    this.guard.assertOutside();
    return super.acquireConnection();
  }
}
