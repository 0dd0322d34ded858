import type { AppContext } from "@/lib/services/context";
import { createSealer, type Sealer } from "./seal";

/** Seals with the configured key, and opens what earlier keys sealed. */
export function sealerOf({ environment }: Pick<AppContext, "environment">): Sealer {
  return createSealer({ key: environment.encryptionKey, previousKeys: environment.previousEncryptionKeys });
}
