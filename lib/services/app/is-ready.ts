import { checkWritable } from "@/lib/db/writable";
import { appContext, hasStarted, isStopping } from "@/lib/services/process";

/** False before the start, during the stop, and while no change could be recorded. */
export async function isReady(): Promise<boolean> {
  if (!hasStarted() || isStopping()) return false;
  const { database, environment } = appContext();
  return (await checkWritable(database, environment.database.dataDir)).writable;
}
