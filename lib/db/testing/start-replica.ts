import { openDatabase } from "@/lib/db/database";
import { migrateToLatest } from "@/lib/db/migrate";

/** What a replica does first, as a process of its own: tests start several at once, or kill one half-way. */
const [dataDir = "", url] = process.argv.slice(2);
const database = await openDatabase(url ? { url, dataDir } : { dataDir });
process.stdout.write("opened\n");
await migrateToLatest(database);
process.stdout.write("migrated\n");
await database.destroy();
