import { randomUUID } from "node:crypto";
import { openDatabase } from "@/lib/db/database";
import { migrateToLatest } from "@/lib/db/migrate";
import type { Environment } from "@/lib/env/environment";
import type { Credential } from "@/lib/mixpanel/credential";
import type { AppContext } from "@/lib/services/context";
import { createOrganizationRegistry, upsertConfiguredOrganizations } from "@/lib/services/organizations/register";
import { assertKeyOpens } from "@/lib/services/sealing/assert-key-opens";
import { sealerOf } from "@/lib/services/sealing/sealer-of";
import { crashSwitch } from "./crash-switch";
import { createLogger } from "./logger";

export type OpenedApp = { context: AppContext; close: () => Promise<void> };

/** Opens all that a process works with. Throws where it must not run: a newer schema, a wrong key, no database. */
export async function openAppContext(environment: Environment): Promise<OpenedApp> {
  const credentials = new Map<string, Credential>();
  const logger = createLogger(environment, undefined, () => [...credentials.values()]);
  const now = () => new Date();
  const database = await openDatabase(environment.database);
  try {
    await migrateToLatest(database);
    await assertKeyOpens(database, sealerOf({ environment }), now());
    await upsertConfiguredOrganizations(database, environment);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  const organizations = createOrganizationRegistry(
    environment,
    { logger: logger.child({ part: "upstream" }) },
    { database, logger, onCredential: (credential) => credentials.set(credential.username, credential) },
  );
  await organizations.refresh();
  return {
    context: { environment, database, organizations, logger, now, newId: randomUUID, ...crashSwitch(environment) },
    close: async () => {
      await organizations.close();
      await database.destroy();
    },
  };
}
