import { constants, existsSync } from "node:fs";
import { chmod, copyFile, link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { BackupError } from "./backup-error";
import { sqlitePath } from "./sqlite-file";

const ALL_PAGES = 0x7fffffff;

/** Copies the database as of one moment while the console goes on; the copy is checked before it gets its name. */
export async function backupSqlite(dataDir: string, file: string): Promise<void> {
  const path = sqlitePath(dataDir);
  if (!existsSync(path)) throw new BackupError(`There is no database at ${path}.`);
  await placeChecked(file, async (draft) => {
    const source = new BetterSqlite3(path, { fileMustExist: true });
    try {
      // All pages in one step: a step that comes after somebody's write begins again, and the console writes all the time.
      await source.backup(draft, { progress: () => ALL_PAGES });
    } finally {
      source.close();
    }
  });
}

/** Puts a backup where no database is; the console must not run meanwhile. */
export async function restoreSqlite(dataDir: string, file: string): Promise<void> {
  const path = sqlitePath(dataDir);
  const inTheWay = [path, `${path}-wal`, `${path}-shm`].find((one) => existsSync(one));
  if (inTheWay) throw new BackupError(`${inTheWay} exists. Stop the console and move the old database away first.`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await placeChecked(path, (draft) => copyFile(file, draft));
}

/** Lets `write` fill a draft beside `path`, checks it, and gives it the name only then; never over another file. */
async function placeChecked(path: string, write: (draft: string) => Promise<unknown>): Promise<void> {
  const draft = `${path}.draft`;
  try {
    await (await open(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)).close();
    await write(draft);
    await chmod(draft, 0o600);
    check(draft);
    const handle = await open(draft, "r+");
    await handle.sync();
    await handle.close();
    await link(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const cause = error instanceof Error && "code" in error ? String(error.code) : "unknown cause";
    throw new BackupError(`${path} was not written (${cause}).`, error);
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) await rm(`${draft}${suffix}`, { force: true });
  }
}

/** A backup is whole, or it is refused. Leaving WAL mode keeps it in one file. */
function check(file: string): void {
  let sqlite: BetterSqlite3.Database | undefined;
  try {
    sqlite = new BetterSqlite3(file, { fileMustExist: true });
    const result = sqlite.pragma("integrity_check", { simple: true });
    const tables = sqlite.prepare("select count(*) from schema_versions").pluck().get();
    sqlite.pragma("journal_mode = DELETE");
    if (result === "ok" && tables !== 0) return;
  } catch (error) {
    throw new BackupError("The file is no whole Keywarden database.", error);
  } finally {
    sqlite?.close();
  }
  throw new BackupError("The file is no whole Keywarden database.");
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
