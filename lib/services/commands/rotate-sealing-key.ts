import { randomUUID } from "node:crypto";
import { assertKeyOpens } from "@/lib/services/sealing/assert-key-opens";
import { rotateSealingKey as rotate } from "@/lib/services/sealing/reseal";
import { createSealer } from "@/lib/services/sealing/seal";
import { type Command, withExistingDatabase } from "./command";

/** `npm run sealing:rotate`: seals everything anew with KEYWARDEN_ENCRYPTION_KEY. */
export const rotateSealingKey: Command = async ({ environment, print }) => {
  const sealer = createSealer(environment.sealingKeys());
  const now = () => new Date();
  const result = await withExistingDatabase(environment.database, async (database) => {
    await assertKeyOpens(database, sealer, now());
    const actor = { kind: "system", name: "sealing:rotate" } as const;
    return rotate({ database, actor, now, newId: randomUUID }, sealer);
  });
  print(`Sealed anew with key ${sealer.keyId}: ${result.resealed}. Already so: ${result.current}.`);
  if (result.unopened === 0) {
    print("KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS is no longer needed.");
    return 0;
  }
  print(`Not opened by any given key: ${result.unopened}. They were left as they are; name the key they need.`);
  return 1;
};
