import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dialectOf } from "@/lib/db/database";
import { seedOperation } from "@/lib/services/inventory/testing/seed-inventory";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { examine } from "./five-checks";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await createServiceAccount({
    context: stage.as(manager),
    input: { name: "honest", purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] },
    idempotencyKey: stage.newKey(),
  });
});
afterEach(() => stage.close());

const look = async (texts: Record<string, string> = {}, secrets: string[] = []) =>
  examine({ database: stage.database, ledger: await stage.control.ledger(), secrets, texts, files: [stage.dataDir] });

test("finds nothing where all went well", async () => {
  expect(await look({ log: stage.log.join("") })).toEqual({
    operations: 1,
    ledgerEntries: 1,
    duplicates: [],
    lostEvents: [],
    stuck: [],
    canaryHits: [],
    brokenChain: null,
  });
});

test("finds a change that nobody wrote down as sent, once and twice", async () => {
  const [entry] = await stage.control.ledger();
  const ledger = entry ? [entry, entry] : [];
  const findings = await examine({ database: stage.database, ledger, secrets: [], texts: {} });
  expect(findings.duplicates).toEqual(["create honest (entry 1)"]);
  await stage.database.updateTable("operations").set({ sent_at: null }).execute();
  expect((await look()).duplicates).toEqual(["create honest (entry 1)"]);
});

test("finds an operation that is stuck, and one without its events", async () => {
  const id = await seedOperation(stage.database, stage.organization.key, 7, "sent");
  expect(await look()).toMatchObject({ stuck: [`delete ${id} is sent`], lostEvents: [`delete ${id}: none`] });
});

test("finds a secret in a column, in a text and in a file", async () => {
  const [entry] = await stage.control.ledger();
  const secret = /"token":"(\w{32})"/.exec(JSON.stringify(entry?.result))?.[1] ?? "";
  await stage.database
    .updateTable("service_accounts")
    .set({ creator_name: secret })
    .where("name", "=", "honest")
    .execute();
  const { canaryHits } = await look({ log: `it is ${secret}` });
  expect(canaryHits).toEqual(expect.arrayContaining(["table service_accounts", "log"]));
  if (!process.env.TEST_DATABASE_URL) expect(canaryHits.some((place) => place.startsWith(stage.dataDir))).toBe(true);
  expect((await look({}, ["honest"])).canaryHits).toContain("table operations");
});

test("finds a record that was changed", async () => {
  const { database } = stage;
  if (dialectOf(database) === "postgresql") await sql`alter table audit_head disable trigger user`.execute(database);
  else {
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(
      database,
    );
    for (const { name } of rows) await sql`drop trigger ${sql.ref(name)}`.execute(database);
  }
  const hash = "0".repeat(64);
  await database.updateTable("audit_head").set({ hash }).execute();
  expect((await look()).brokenChain).toMatch(/end does not match/);
});
