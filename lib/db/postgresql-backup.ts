import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { BackupError } from "./backup-error";
import { openDatabase } from "./database";

/** Owner and rights stay out, so that a backup can be restored for another role. */
const withoutOwner = ["--no-owner", "--no-privileges"];

/** Writes one consistent picture of the database with pg_dump, while the console goes on. */
export async function backupPostgresql(url: string, file: string): Promise<void> {
  if (existsSync(file)) throw new BackupError(`${file} was not written (EEXIST).`);
  await (await open(file, "wx", 0o600)).close();
  try {
    await run("pg_dump", url, ["--format=custom", ...withoutOwner, `--file=${file}`]);
    await chmod(file, 0o600);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Fills an empty database in one transaction with pg_restore. */
export async function restorePostgresql(url: string, file: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: "" });
  try {
    const { rows } = await sql`select 1 from pg_tables where schemaname = current_schema()`.execute(database);
    if (rows.length > 0)
      throw new BackupError("The database is not empty. Create a new one and name it in DATABASE_URL.");
    await run("pg_restore", url, ["--single-transaction", "--exit-on-error", ...withoutOwner, file]);
    await sql`revoke update, delete, truncate on audit_events from current_user`.execute(database);
  } finally {
    await database.destroy();
  }
}

/** The password goes through a file: arguments can be read by everyone on the machine. */
async function run(program: string, url: string, args: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "keywarden-pgpass-"));
  try {
    const address = new URL(url);
    const passfile = join(folder, "pgpass");
    const password = decodeURIComponent(address.password).replace(/[\\:]/g, "\\$&");
    await writeFile(passfile, `*:*:*:*:${password}\n`, { mode: 0o600 });
    address.password = "";
    address.searchParams.set("passfile", passfile);
    await finished(program, [`--dbname=${address.href}`, ...args]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function finished(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let problem = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      problem = `${problem}${text}`.slice(-2_000);
    });
    child.on("error", (error) => {
      reject(new BackupError(`${program} could not be started. Install PostgreSQL's client programs.`, error));
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new BackupError(`${program} failed: ${problem.trim()}`));
    });
  });
}
