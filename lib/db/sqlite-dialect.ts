import { chmod, mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import BetterSqlite3 from "better-sqlite3";
import { type DatabaseConnection, SqliteAdapter, SqliteDialect, SqliteDriver } from "kysely";
import { ConnectionGuard } from "./connection-guard";
import type { FileIdentity } from "./file-identity";

type Sqlite = BetterSqlite3.Database;
const BUSY_MS = 5_000;

/** The one file of a SQLite installation; its -wal and -shm lie beside it with the same mode. */
export function sqlitePath(dataDir: string): string {
  return join(dataDir, "keywarden.sqlite");
}

/** Readable by this account only: folder 700, file 600. Writes are on the disk when a commit returns. */
export async function createSqliteDialect(dataDir: string): Promise<SqliteDialect> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = sqlitePath(dataDir);
  await (await open(path, "a", 0o600)).close();
  await chmod(path, 0o600);
  const sqlite = new BetterSqlite3(path, { timeout: BUSY_MS });
  await switchToWal(sqlite);
  for (const pragma of ["synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"]) sqlite.pragma(pragma);
  const { dev, ino } = await stat(path);
  return new GuardedSqliteDialect(sqlite, { path, dev, ino });
}

/** The switch needs the file alone and does not wait for it, so several replicas starting at once have to take turns. */
async function switchToWal(sqlite: Sqlite): Promise<void> {
  for (let left = BUSY_MS; ; left -= 50) {
    try {
      sqlite.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      if (left <= 0 || !(error instanceof BetterSqlite3.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) {
        sqlite.close();
        throw error;
      }
      await wait(50);
    }
  }
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

  /** A transaction that starts by reading could not become a writer while another process writes. */
  override async beginTransaction(): Promise<void> {
    this.sqlite.exec("begin immediate");
  }

  /** On a full disk SQLite may have rolled back by itself; a second rollback would hide the cause. */
  override async rollbackTransaction(): Promise<void> {
    if (this.sqlite.inTransaction) this.sqlite.exec("rollback");
  }

  /** Kysely closes the file only if a query ran. */
  override async destroy(): Promise<void> {
    this.sqlite.close();
  }
}
