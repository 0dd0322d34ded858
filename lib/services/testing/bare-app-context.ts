import { randomUUID } from "node:crypto";
import { pino } from "pino";
import type { Database } from "@/lib/db/database";
import type { AppContext } from "@/lib/services/context";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { noOrganizations } from "./no-organizations";

/** A console with a database and nothing behind it: for what never asks Mixpanel. */
export function bareAppContext(database: Database, more: Partial<AppContext> = {}): AppContext {
  const owner = { username: "u", secret: "s" };
  return {
    environment: testEnvironment([{ key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner }]),
    database,
    organizations: noOrganizations,
    logger: pino({ level: "silent" }),
    now: () => new Date(),
    newId: randomUUID,
    ...more,
  };
}
