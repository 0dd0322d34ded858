import { restorePostgresql } from "@/lib/db/postgresql-backup";
import { restoreSqlite } from "@/lib/db/sqlite-backup";
import type { Command } from "./command";
import { verifyAudit } from "./verify-audit";

/** `npm run restore -- FILE`: fills an empty place with a backup, then checks the audit record in it. */
export const restore: Command = async (call) => {
  const { environment, print } = call;
  const [file, ...rest] = call.args;
  if (!file || rest.length > 0) {
    print("Say which backup: npm run restore -- /backups/keywarden-2026-01-31.backup");
    return 2;
  }
  const { url, dataDir } = environment.database;
  await (url ? restorePostgresql(url, file) : restoreSqlite(dataDir, file));
  print(`Restored from ${file}. Audit record:`);
  return verifyAudit(call);
};
