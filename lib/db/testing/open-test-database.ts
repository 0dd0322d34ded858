import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrateToLatest } from "@/lib/db/migrate";

/** `again` opens a second handle on the same database, as another replica would. */
export type TestDatabase = {
  database: Database;
  dataDir: string;
  url?: string;
  again: () => Promise<Database>;
  close: () => Promise<void>;
};

/** A database of its own for one test: SQLite in a temporary folder, or a schema of its own at TEST_DATABASE_URL. */
export async function openTestDatabase(
  { migrate = true } = {},
  // biome-ignore lint/style/noProcessEnv: chosen by whoever runs the tests, never by the application.
  server = process.env.TEST_DATABASE_URL,
): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), "keywarden-test-"));
  const schema = `test_${randomBytes(6).toString("hex")}`;
  if (server) await onServer(server, `create schema ${schema}`);
  const url = server && inSchema(server, schema);
  const opened: Database[] = [];
  const again = async () => {
    const database = await openDatabase(url ? { url, dataDir } : { dataDir });
    opened.push(database);
    return database;
  };
  const database = await again();
  if (migrate) await migrateToLatest(database);
  const close = async () => {
    await Promise.all(opened.map((handle) => handle.destroy()));
    if (server) await onServer(server, `drop schema ${schema} cascade`);
    await rm(dataDir, { recursive: true, force: true });
  };
  return { database, dataDir, ...(url ? { url } : {}), again, close };
}

function inSchema(server: string, schema: string): string {
  const url = new URL(server);
  url.searchParams.set("options", `-c search_path=${schema}`);
  return url.href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: "" });
  await sql.raw(statement).execute(database);
  await database.destroy();
}
