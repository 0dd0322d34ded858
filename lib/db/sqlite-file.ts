import { chmod, mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import BetterSqlite3 from "better-sqlite3";
import type { FileIdentity } from "./file-identity";

export type Sqlite = BetterSqlite3.Database;
const BUSY_MS = 5_000;
const STEP_MS = 10;

/** The one file of a SQLite installation; its -wal and -shm lie beside it with the same mode. */
export function sqlitePath(dataDir: string): string {
  return join(dataDir, "keywarden.sqlite");
}

/** Readable by this account only: folder 700, file 600. What a commit wrote is on the disk when the commit returns. */
export async function openSqliteFile(dataDir: string): Promise<{ sqlite: Sqlite; file: FileIdentity }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = sqlitePath(dataDir);
  await createWhereMissing(path);
  await chmod(path, 0o600);
  const sqlite = new BetterSqlite3(path, { timeout: BUSY_MS });
  try {
    // The switch needs the file alone and does not wait for it: several replicas starting at once take turns.
    await whileBusy(() => sqlite.pragma("journal_mode = WAL"));
    for (const pragma of ["synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"]) sqlite.pragma(pragma);
    const { dev, ino } = await stat(path);
    return { sqlite, file: { path, dev, ino } };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/**
 * Never opens a file that is there: closing it again would end the locks of whoever has it open in this process
 * (https://sqlite.org/howtocorrupt.html, 2.2).
 */
async function createWhereMissing(path: string): Promise<void> {
  try {
    await (await open(path, "ax", 0o600)).close();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

/** Begins as a writer, for a transaction that starts by reading could not become one while another process writes. */
export async function beginImmediate(sqlite: Sqlite): Promise<void> {
  await whileBusy(() => {
    sqlite.pragma("busy_timeout = 0");
    try {
      sqlite.exec("begin immediate");
    } finally {
      sqlite.pragma(`busy_timeout = ${BUSY_MS}`);
    }
  });
}

/** SQLite's own waiting would stop the whole process; this lets it go on. */
async function whileBusy(run: () => void): Promise<void> {
  for (let waited = 0; ; waited += STEP_MS) {
    try {
      run();
      return;
    } catch (error) {
      const busy = error instanceof BetterSqlite3.SqliteError && error.code.startsWith("SQLITE_BUSY");
      if (!busy || waited >= BUSY_MS) throw error;
      await wait(STEP_MS);
    }
  }
}
