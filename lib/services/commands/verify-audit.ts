import { verifyAuditRecord } from "@/lib/services/audit/verify";
import { type Command, withExistingDatabase } from "./command";

/** `npm run audit:verify`: whether the record is what was written. */
export const verifyAudit: Command = async ({ environment, print }) => {
  const found = await withExistingDatabase(environment.database, verifyAuditRecord);
  print(found.valid ? `Valid: ${found.events} events.` : `Broken at event ${found.firstBad}: ${found.reason}`);
  return found.valid ? 0 : 1;
};
