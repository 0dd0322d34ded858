import type { Database } from "@/lib/db/database";
import { findKeyCheck, insertKeyCheck } from "@/lib/db/key-check";
import { keyCheckBinding } from "./bindings";
import type { Sealer } from "./seal";
import { SealError } from "./seal-error";

const CHECK_TEXT = "This text was sealed by Keywarden.";

/** The configured key is not the one this database was sealed with; nothing must run on it. */
export class WrongSealingKeyError extends Error {
  constructor(keyId: string, cause: SealError) {
    super(
      `KEYWARDEN_ENCRYPTION_KEY is not the key this database was sealed with (key ${keyId}). ` +
        "Give that key, or name it in KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS. " +
        "Example: KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS=the-key-used-until-now",
      { cause },
    );
    this.name = "WrongSealingKeyError";
  }
}

/**
 * Called at the start: seals the check text in a new database, and opens it in any other. Throws WrongSealingKeyError.
 */
export async function assertKeyOpens(database: Database, sealer: Sealer, now: Date): Promise<void> {
  const sealed = await sealKeyCheck(sealer);
  await insertKeyCheck(database, { keyId: sealer.keyId, sealed, createdAt: now.toISOString() });
  const check = await findKeyCheck(database);
  try {
    await sealer.open(check.sealed, keyCheckBinding);
  } catch (error) {
    if (error instanceof SealError) throw new WrongSealingKeyError(check.key_id, error);
    throw error;
  }
}

export function sealKeyCheck(sealer: Sealer): Promise<string> {
  return sealer.seal(CHECK_TEXT, keyCheckBinding);
}
