import { existsSync } from "node:fs";
import { type Database, openDatabase } from "@/lib/db/database";
import { sqlitePath } from "@/lib/db/sqlite-file";
import type { CommandEnvironment } from "@/lib/env/command-environment";
import type { DatabaseSettings } from "@/lib/env/storage-settings";

export type CommandCall = {
  args: readonly string[];
  environment: CommandEnvironment;
  print: (line: string) => void;
};
/** Answers the exit code: 0 done, 1 not in order, 2 called in a wrong way. */
export type Command = (call: CommandCall) => Promise<number>;

/** Opens a database for one piece of work; unlike the server's start it never makes a new one. */
export async function withExistingDatabase<T>(
  settings: DatabaseSettings,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (!settings.url && !existsSync(sqlitePath(settings.dataDir))) {
    throw new Error(`There is no database at ${sqlitePath(settings.dataDir)}.`);
  }
  const database = await openDatabase(settings);
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
