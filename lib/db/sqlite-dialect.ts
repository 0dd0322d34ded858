import { type DatabaseConnection, SqliteAdapter, SqliteDialect, SqliteDriver } from "kysely";
import { ConnectionGuard } from "./connection-guard";
import type { FileIdentity } from "./file-identity";
import { beginImmediate, openSqliteFile, type Sqlite } from "./sqlite-file";

export async function createSqliteDialect(dataDir: string): Promise<SqliteDialect> {
  const { sqlite, file } = await openSqliteFile(dataDir);
  return new GuardedSqliteDialect(sqlite, file);
}

class GuardedSqliteDialect extends SqliteDialect {
  private readonly guard = new ConnectionGuard();

  constructor(
    private readonly sqlite: Sqlite,
    private readonly file: FileIdentity,
  ) {
    super({ database: sqlite });
  }

  override createDriver(): SqliteDriver {
    return new GuardedSqliteDriver(this.sqlite, this.guard);
  }

  override createAdapter(): SqliteAdapter {
    return new GuardedSqliteAdapter(this.guard, this.file);
  }
}

class GuardedSqliteAdapter extends SqliteAdapter {
  constructor(
    readonly guard: ConnectionGuard,
    readonly file: FileIdentity,
  ) {
    super();
  }
}

class GuardedSqliteDriver extends SqliteDriver {
  constructor(
    private readonly sqlite: Sqlite,
    private readonly guard: ConnectionGuard,
  ) {
    super({ database: sqlite });
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    this.guard.assertOutside();
    return super.acquireConnection();
  }

  override beginTransaction(): Promise<void> {
    return beginImmediate(this.sqlite);
  }

  /** On a full disk SQLite may have rolled back by itself; a second rollback would hide the cause. */
  override async rollbackTransaction(): Promise<void> {
    if (this.sqlite.inTransaction) this.sqlite.exec("rollback");
  }
}
