import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditRow } from "@/lib/db/audit-chain";
import { type Database, dialectOf, type Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { storableText } from "@/lib/db/storable-text";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { recordEvent } from "./record";
import { type Verification, verifyAuditRecord } from "./verify";

const EVENTS = 12;
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
  for (let number = 1; number <= EVENTS; number++) {
    const context = {
      database: opened.database,
      actor: { kind: "system", name: "test" } as const,
      now: () => new Date(Date.UTC(2026, 0, number)),
      newId: () => `event-${number}`,
    };
    const target = number % 2 ? { targetId: String(number), targetName: `name ${number}` } : {};
    await recordEvent(context, {
      action: "service_account.create",
      organizationKey: number % 3 ? "one" : null,
      targetKind: "service_account",
      outcome: "intended",
      detail: { number },
      ...target,
    });
  }
});
afterAll(() => opened.close());

class Undo extends Error {}

/** What an intruder with every right on the database could do; verified before it is rolled back. */
async function afterTampering(
  tamper: (transaction: Transaction) => Promise<unknown>,
  chunk = 5,
): Promise<Verification> {
  let found: Verification | undefined;
  const attempt = inTransaction(opened.database, async (transaction) => {
    await dropTriggers(transaction);
    await tamper(transaction);
    found = await verifyAuditRecord(transaction, chunk);
    throw new Undo();
  });
  await expect(attempt).rejects.toThrow(Undo);
  if (!found) throw new Error("The verifier did not run.");
  return found;
}

async function dropTriggers(transaction: Transaction): Promise<void> {
  if (dialectOf(transaction) === "postgresql") {
    for (const table of ["audit_events", "audit_head"]) {
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(transaction);
    }
    await sql`grant update, delete on audit_events to current_user`.execute(transaction);
    return;
  }
  const triggers = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(
    transaction,
  );
  for (const { name } of triggers.rows) await sql`drop trigger ${sql.ref(name)}`.execute(transaction);
}

const rowAt = (transaction: Transaction, sequence: number) =>
  transaction.selectFrom("audit_events").selectAll().where("sequence", "=", sequence).executeTakeFirstOrThrow();
const change = (transaction: Transaction, sequence: number, values: Partial<AuditRow>) =>
  transaction.updateTable("audit_events").set(values).where("sequence", "=", sequence).execute();
const remove = (transaction: Transaction, sequence: number) =>
  transaction.deleteFrom("audit_events").where("sequence", "=", sequence).execute();

const textColumns = [
  "id",
  "at",
  "organization_key",
  "actor_id",
  "actor_name",
  "actor_role",
  "address",
  "action",
  "target_kind",
  "target_id",
  "target_name",
  "outcome",
  "operation_id",
  "upstream_reference",
  "detail",
  "previous_hash",
  "hash",
] as const satisfies (keyof AuditRow)[];
const nullable = ["organization_key", "address", "target_id", "target_name", "operation_id", "upstream_reference"];
const sequences = fc.integer({ min: 1, max: EVENTS });

function add(database: Database, number: number): Promise<void> {
  const actor = { kind: "system", name: "busy" } as const;
  return recordEvent(
    { database, actor, now: () => new Date(0), newId: () => `event-${number}` },
    { action: "session.start", targetKind: "session", outcome: "succeeded" },
  );
}

describe("verifyAuditRecord", () => {
  test("an untouched record is valid, in chunks of any size", async () => {
    for (const chunk of [1, 5, EVENTS, 1_000]) {
      expect(await verifyAuditRecord(opened.database, chunk)).toEqual({ valid: true, events: EVENTS });
    }
  });

  test("an empty record is valid", async () => {
    const empty = await openTestDatabase();
    expect(await verifyAuditRecord(empty.database)).toEqual({ valid: true, events: 0 });
    await empty.close();
  });

  test("names the row of any change to any column", async () => {
    const changes = fc.tuple(sequences, fc.constantFrom(...textColumns), fc.option(fc.string({ unit: "binary" })));
    await fc.assert(
      fc.asyncProperty(changes, async ([sequence, column, value]) => {
        const next = value === null && !nullable.includes(column) ? "" : storableText(value);
        let different = true;
        const found = await afterTampering(async (transaction) => {
          different = (await rowAt(transaction, sequence))[column] !== next;
          await change(transaction, sequence, { [column]: next });
        });
        if (!different) expect(found).toEqual({ valid: true, events: EVENTS });
        else expect(found).toMatchObject({ valid: false, firstBad: sequence });
      }),
      { numRuns: 150 },
    );
  });

  test("names the place of any removed row", async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const found = await afterTampering((transaction) => remove(transaction, sequence));
        expect(found).toMatchObject({ valid: false, firstBad: sequence });
      }),
      { numRuns: 30 },
    );
  });

  test("names the first of any two rows that changed places", async () => {
    const pairs = fc.uniqueArray(sequences, { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(pairs, fc.boolean(), async ([left = 1, right = 2], keepLinks) => {
        const found = await afterTampering(async (transaction) => {
          const [one, two] = [await rowAt(transaction, left), await rowAt(transaction, right)];
          const links = ({ previous_hash, hash }: AuditRow) => (keepLinks ? { previous_hash, hash } : {});
          await change(transaction, left, { id: "held" });
          await change(transaction, right, { ...one, sequence: right, ...links(two) });
          await change(transaction, left, { ...two, sequence: left, ...links(one) });
        });
        expect(found).toMatchObject({ valid: false, firstBad: Math.min(left, right) });
      }),
      { numRuns: 60 },
    );
  });

  test("names a row whose number was changed", async () => {
    const found = await afterTampering((transaction) => change(transaction, 4, { sequence: 400 }));
    expect(found).toEqual({ valid: false, firstBad: 4, reason: "This event was removed, or its number was changed." });
  });

  test("names a cut tail, whatever its length", async () => {
    for (const kept of [0, 5, 10, EVENTS - 1]) {
      const cut = (transaction: Transaction) =>
        transaction.deleteFrom("audit_events").where("sequence", ">", kept).execute();
      expect(await afterTampering(cut)).toEqual({
        valid: false,
        firstBad: kept + 1,
        reason: "The newest events were removed.",
      });
    }
  });

  test("names a row added behind the record's end", async () => {
    const found = await afterTampering(async (transaction) => {
      const last = await rowAt(transaction, EVENTS);
      const { hashOfRow } = await import("@/lib/db/audit-chain");
      const forged = { ...last, id: "forged", sequence: EVENTS + 1, previous_hash: last.hash };
      await transaction
        .insertInto("audit_events")
        .values({ ...forged, hash: hashOfRow(forged) })
        .execute();
    });
    expect(found).toMatchObject({ valid: false, firstBad: EVENTS + 1, reason: expect.stringContaining("not added") });
  });

  test("names a head that was changed or removed", async () => {
    const changed = await afterTampering((transaction) =>
      transaction.updateTable("audit_head").set({ hash: "0" }).execute(),
    );
    expect(changed).toMatchObject({ valid: false, firstBad: EVENTS, reason: expect.stringContaining("end does not") });
    const removed = await afterTampering((transaction) => transaction.deleteFrom("audit_head").execute());
    expect(removed).toMatchObject({ valid: false, firstBad: EVENTS + 1, reason: expect.stringContaining("missing") });
  });

  test("an event committed between its last two reads is no fault", async () => {
    const busy = await openTestDatabase();
    const other = await busy.again();
    let added = 0;
    const watched = busy.database.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.rows.length === 0 && added < 3) await add(other, ++added);
        return result;
      },
    });
    expect(await verifyAuditRecord(watched)).toEqual({ valid: true, events: 3 });
    await busy.close();
  });

  test("events added while it reads are no fault", async () => {
    const busy = await openTestDatabase();
    const other = await busy.again();
    let running = true;
    const writer = (async () => {
      for (let number = 0; running; number++) {
        await add(other, number);
        await nextTurn();
      }
    })();
    for (let round = 0; round < 20; round++) {
      expect(await verifyAuditRecord(busy.database, 3)).toMatchObject({ valid: true });
    }
    running = false;
    await writer;
    await busy.close();
  });
});
