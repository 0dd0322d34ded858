import { backupPostgresql } from "@/lib/db/postgresql-backup";
import { backupSqlite } from "@/lib/db/sqlite-backup";
import type { Command } from "./command";

/** `npm run backup -- FILE`: one consistent picture of the database, while the console goes on. */
export const backup: Command = async ({ args: [file, ...rest], environment, print }) => {
  if (!file || rest.length > 0) {
    print("Say where the backup goes: npm run backup -- /backups/keywarden-2026-01-31.backup");
    return 2;
  }
  const { url, dataDir } = environment.database;
  await (url ? backupPostgresql(url, file) : backupSqlite(dataDir, file));
  print(`Written to ${file}. It holds sealed secrets and the audit record; the sealing key is not in it.`);
  return 0;
};
