import { randomUUID } from "node:crypto";
import { open, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { type Database, dialectOf } from "./database";
import { type FileIdentity, fileOf } from "./file-identity";
import { withDeadline } from "./with-deadline";

export type Writable = { writable: true } | { writable: false; reason: string };

/** Below this the console turns read-only: what is under way must still find room for its outcome. */
export const FREE_BYTES_MIN = 64 * 1024 * 1024;
const DEADLINE_MS = 3_000;

type FileSystem = { freeBytes: (folder: string) => Promise<number> };
const realFileSystem: FileSystem = {
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/** Whether a change could be recorded now. Never throws; `reason` is written for whoever runs Keywarden. */
export async function checkWritable(
  database: Database,
  dataDir: string,
  fileSystem: FileSystem = realFileSystem,
): Promise<Writable> {
  try {
    const reason =
      dialectOf(database) === "postgresql"
        ? await problemOfServer(database)
        : await problemOfFile(database, dataDir, fileSystem);
    return reason === null ? { writable: true } : { writable: false, reason };
  } catch (error) {
    const cause = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    return { writable: false, reason: `The database cannot be used (${cause}).` };
  }
}

async function problemOfServer(database: Database): Promise<string | null> {
  const query = sql<{ standby: boolean; readonly: string }>`
    select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as readonly from audit_head`;
  const [row] = (await withDeadline(query.execute(database), DEADLINE_MS)).rows;
  if (!row) return "The database holds no audit record.";
  if (row.standby) return "The database is a standby and takes no changes.";
  return row.readonly === "on" ? "The database is set to read-only." : null;
}

async function problemOfFile(database: Database, dataDir: string, { freeBytes }: FileSystem): Promise<string | null> {
  const file = fileOf(database.getExecutor().adapter);
  if (file && !(await isStillThere(file))) return "The database file was removed or replaced while in use.";
  if ((await freeBytes(dataDir)) < FREE_BYTES_MIN) return "The disk of the data directory is nearly full.";
  const probe = join(dataDir, `.writable-${randomUUID()}`);
  try {
    const handle = await open(probe, "wx", 0o600);
    await handle.write("x");
    await handle.close();
  } catch {
    return "The data directory cannot be written to.";
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const query = database.selectFrom("audit_head").select("sequence").executeTakeFirst();
  return (await withDeadline(query, DEADLINE_MS)) ? null : "The database holds no audit record.";
}

/** SQLite would go on writing into a file that no path leads to any more. */
async function isStillThere({ path, dev, ino }: FileIdentity): Promise<boolean> {
  const now = await stat(path).catch(() => null);
  return now !== null && now.dev === dev && now.ino === ino;
}
