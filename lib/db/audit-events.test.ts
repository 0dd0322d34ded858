import { type RawBuilder, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CHAIN_START, hashOfRow } from "./audit-chain";
import { appendAuditEvents, type NewAuditEvent, readAuditHead, readAuditRows } from "./audit-events";
import { dialectOf } from "./database";
import { inTransaction } from "./in-transaction";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

const event = (id: string, more: Partial<NewAuditEvent> = {}): NewAuditEvent => ({
  id,
  at: "2026-05-01T10:00:00.000Z",
  organizationKey: "one",
  actorId: "operator-1",
  actorName: "Ada",
  actorRole: "manager",
  address: null,
  action: "service_account.create",
  targetKind: "service_account",
  targetId: null,
  targetName: "export",
  outcome: "intended",
  operationId: null,
  upstreamReference: null,
  detail: { b: 1, a: "x" },
  ...more,
});
const append = (...events: NewAuditEvent[]) =>
  inTransaction(opened.database, (transaction) => appendAuditEvents(transaction, events));

describe("appendAuditEvents", () => {
  test("links each event to the one before and moves the head along", async () => {
    await append(event("1"), event("2"));
    await append(event("3"));
    const [first, second, third] = await readAuditRows(opened.database, 0, 10);
    expect(first).toMatchObject({ sequence: 1, previous_hash: CHAIN_START, detail: '{"a":"x","b":1}' });
    expect(second).toMatchObject({ sequence: 2, previous_hash: first?.hash });
    expect(third).toMatchObject({ sequence: 3, previous_hash: second?.hash });
    expect(third?.hash).toBe(hashOfRow(third!));
    expect(await readAuditHead(opened.database)).toEqual({ sequence: 3, hash: third?.hash });
  });

  test("leaves no gap when the change it speaks of does not happen", async () => {
    const lost = inTransaction(opened.database, async (transaction) => {
      await appendAuditEvents(transaction, [event("lost")]);
      throw new Error("no");
    });
    await expect(lost).rejects.toThrow("no");
    await append(event("kept"));
    expect(await readAuditRows(opened.database, 0, 10)).toMatchObject([{ sequence: 1, id: "kept" }]);
  });

  test("keeps one chain while two replicas write", async () => {
    const other = await opened.again();
    const write = (handle: typeof other, name: string) =>
      inTransaction(handle, (transaction) => appendAuditEvents(transaction, [event(name)]));
    const writes = Array.from({ length: 20 }, (_, n) => [write(opened.database, `a${n}`), write(other, `b${n}`)]);
    await Promise.all(writes.flat());
    const rows = await readAuditRows(opened.database, 0, 100);
    expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    const links = [CHAIN_START, ...rows.map((row) => row.hash)].slice(0, -1);
    expect(rows.map((row) => row.previous_hash)).toEqual(links);
  });

  test("stores hostile text so that it still matches its hash", async () => {
    const hostile = "nul \0 half \ud800 right-to-left \u202e 'quote' __proto__";
    await append(event("1", { targetName: hostile, actorName: hostile, detail: { hostile } }));
    const [row] = await readAuditRows(opened.database, 0, 1);
    expect(row?.target_name).toBe("nul \ufffd half \ufffd right-to-left \u202e 'quote' __proto__");
    expect(row?.hash).toBe(hashOfRow(row!));
    expect(JSON.parse(row?.detail ?? "")).toEqual({ hostile });
  });
});

describe("the record is insert only", () => {
  const refused = (statement: RawBuilder<unknown>) => expect(statement.execute(opened.database)).rejects.toThrow();

  test("no event is changed, removed, replaced or slipped in", async () => {
    await append(event("1"), event("2"));
    const before = await readAuditRows(opened.database, 0, 10);
    await refused(sql`update audit_events set actor_name = 'Eve' where sequence = 1`);
    await refused(sql`delete from audit_events where sequence = 2`);
    await refused(sql`delete from audit_events`);
    const forged = { ...before[0]!, id: "forged" };
    await expect(
      opened.database
        .insertInto("audit_events")
        .values({ ...forged, sequence: 3 })
        .execute(),
    ).rejects.toThrow();
    await expect(
      opened.database
        .insertInto("audit_events")
        .values({ ...forged, sequence: 9 })
        .execute(),
    ).rejects.toThrow();
    const replace = opened.database.replaceInto("audit_events").values(before[0]!);
    if (dialectOf(opened.database) === "sqlite") await expect(replace.execute()).rejects.toThrow("end of the chain");
    else await refused(sql`truncate audit_events`);
    expect(await readAuditRows(opened.database, 0, 10)).toEqual(before);
  });

  test("the head cannot be set back, set elsewhere, removed or doubled", async () => {
    await append(event("1"), event("2"));
    const before = await readAuditHead(opened.database);
    await refused(sql`update audit_head set sequence = 1`);
    await refused(sql`update audit_head set sequence = 3, hash = 'x'`);
    await refused(sql`update audit_head set hash = 'x'`);
    await refused(sql`delete from audit_head`);
    await refused(sql`insert into audit_head (id, sequence, hash) values (2, 0, 'x')`);
    if (dialectOf(opened.database) === "postgresql") await refused(sql`truncate audit_head`);
    expect(await readAuditHead(opened.database)).toEqual(before);
  });

  test("on PostgreSQL the triggers hold for a role that was granted everything", async () => {
    if (dialectOf(opened.database) !== "postgresql") return;
    await append(event("1"));
    await sql`grant all on audit_events to current_user`.execute(opened.database);
    await expect(sql`update audit_events set at = 'x'`.execute(opened.database)).rejects.toThrow("never changed");
    await expect(sql`delete from audit_events`.execute(opened.database)).rejects.toThrow("never changed");
    await expect(sql`truncate audit_events`.execute(opened.database)).rejects.toThrow("never changed");
  });
});
