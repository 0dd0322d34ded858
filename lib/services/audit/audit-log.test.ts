import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inTransaction } from "@/lib/db/in-transaction";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { AuditEvent } from "@/lib/domain/audit-event";
import { auditQuerySchema } from "@/lib/domain/list-query";
import type { Actor } from "@/lib/domain/operator";
import type { OrganizationContext } from "@/lib/services/context";
import { exportAuditEvents } from "./export";
import type { AuditFormat } from "./format";
import { listAuditEvents } from "./list";
import { type EventInput, recordEvent, recordEvents } from "./record";

let opened: TestDatabase;
let clock: Date;
beforeEach(async () => {
  opened = await openTestDatabase();
  clock = new Date("2026-05-01T10:00:00.000Z");
});
afterEach(() => opened.close());

const ada: Actor = {
  kind: "operator",
  operator: { id: "op-ada", name: "Ada", email: null, role: "manager" },
  sessionId: "s",
  address: "10.0.0.7",
  authenticatedAt: "2026-05-01T09:00:00.000Z",
};
function contextOf(actor: Actor = ada, organizationKey = "one"): OrganizationContext {
  const notReached = () => {
    throw new Error("not reached");
  };
  return {
    environment: null as never,
    logger: null as never,
    organizations: {
      list: notReached,
      find: notReached,
      resolve: notReached,
      refresh: notReached,
      connect: notReached,
    },
    organization: { key: organizationKey } as OrganizationContext["organization"],
    database: opened.database,
    now: () => clock,
    newId: () => crypto.randomUUID(),
    actor,
    reference: "r",
  };
}
const record = (event: Partial<EventInput> = {}, actor: Actor = ada) =>
  recordEvent(contextOf(actor), {
    action: "service_account.create",
    organizationKey: "one",
    targetKind: "service_account",
    outcome: "succeeded",
    ...event,
  });
const list = async (query: Record<string, unknown> = {}, organizationKey = "one") =>
  listAuditEvents({ context: contextOf(ada, organizationKey), input: auditQuerySchema.parse(query) });
const names = (rows: AuditEvent[]) => rows.map((row) => row.targetName);

async function exported(format: AuditFormat, query: Record<string, unknown> = {}): Promise<string> {
  const { stream } = await exportAuditEvents({
    context: contextOf(),
    input: { query: auditQuerySchema.parse(query), format },
  });
  return new Response(stream).text();
}

describe("recordEvent", () => {
  test("says who, in which role and from where", async () => {
    await record();
    await record({ action: "operation.reconcile" }, { kind: "system", name: "reconciler" });
    const { rows } = await list();
    expect(rows[1]).toMatchObject({ actorId: "op-ada", actorName: "Ada", actorRole: "manager", address: "10.0.0.7" });
    expect(rows[0]).toMatchObject({ actorId: "system:reconciler", actorRole: "system", address: null });
    expect(rows[1]?.at).toBe("2026-05-01T10:00:00.000Z");
  });
});

test("no events leave the record as it is", async () => {
  await inTransaction(opened.database, (transaction) => recordEvents(transaction, []));
  expect((await list()).total).toBe(0);
});

test("an event falls with the change it speaks of", async () => {
  const change = inTransaction(opened.database, async (transaction) => {
    const event = { action: "secret.view", targetKind: "operator", outcome: "succeeded" } as const;
    await recordEvent(contextOf(), event, transaction);
    throw new Error("no");
  });
  await expect(change).rejects.toThrow("no");
  expect((await list()).total).toBe(0);
});

describe("listAuditEvents", () => {
  test("shows the newest first, page by page, with the whole count", async () => {
    for (let number = 1; number <= 5; number++) await record({ targetName: `n${number}` });
    const first = await list({ size: 2 });
    expect(names(first.rows)).toEqual(["n5", "n4"]);
    expect(first.total).toBe(5);
    expect(names((await list({ size: 2, page: 3 })).rows)).toEqual(["n1"]);
  });

  test("keeps organizations apart, and shows sign-ins in each", async () => {
    await record({ targetName: "mine" });
    await record({ targetName: "theirs", organizationKey: "two" });
    await record({ targetName: "sign-in", organizationKey: null, action: "session.start", targetKind: "session" });
    expect(names((await list()).rows)).toEqual(["sign-in", "mine"]);
    expect(names((await list({}, "two")).rows)).toEqual(["sign-in", "theirs"]);
  });

  test("filters by action, outcome, actor and days", async () => {
    await record({ targetName: "old", outcome: "failed" });
    clock = new Date("2026-05-02T23:59:59.999Z");
    await record({ targetName: "new", action: "service_account.delete" }, { kind: "system", name: "job" });
    expect(names((await list({ action: "service_account.delete" })).rows)).toEqual(["new"]);
    expect(names((await list({ outcome: "failed" })).rows)).toEqual(["old"]);
    expect(names((await list({ actor: "op-ada" })).rows)).toEqual(["old"]);
    expect(names((await list({ actor: "job" })).rows)).toEqual(["new"]);
    expect(names((await list({ from: "2026-05-02" })).rows)).toEqual(["new"]);
    expect(names((await list({ to: "2026-05-02" })).rows)).toEqual(["new", "old"]);
    expect(names((await list({ to: "2026-05-01" })).rows)).toEqual(["old"]);
  });

  test("finds text in any case, and takes % and _ as they are", async () => {
    await record({ targetName: "Warehouse_Export", detail: { reason: "50% off" } });
    await record({ targetName: "other" });
    expect(names((await list({ search: "warehouse_e" })).rows)).toEqual(["Warehouse_Export"]);
    expect(names((await list({ search: "ADA" })).rows)).toHaveLength(2);
    expect(names((await list({ search: "50% OFF" })).rows)).toEqual(["Warehouse_Export"]);
    expect(names((await list({ search: "0%" })).rows)).toEqual(["Warehouse_Export"]);
    for (const odd of ["nul \0", "half \ud800"]) {
      expect((await list({ search: odd, actor: odd, action: odd, outcome: odd })).rows).toEqual([]);
    }
    for (const search of ["t_er", "o%r", "\\"]) expect((await list({ search })).rows).toEqual([]);
  });

  test("finds all of an account, also the event written before it had an id", async () => {
    const operation = {
      id: "operation-1",
      batch_id: "b",
      organization_key: "one",
      kind: "create",
      state: "succeeded",
      actor_id: "a",
      actor_name: "a",
      account_id: 42,
      account_name: "x",
      input: "{}",
      before_state: "{}",
      prepared_at: "2026",
    };
    const nothing = { outcome: null, project_id: null, project_name: null, result: null, error_code: null };
    const rest = {
      error_reason: null,
      upstream_status: null,
      upstream_reference: null,
      sent_at: null,
      finished_at: null,
    };
    await opened.database
      .insertInto("operations")
      .values({ ...operation, ...nothing, ...rest })
      .execute();
    await record({ targetName: "intended", operationId: "operation-1" });
    await record({ targetName: "deleted", targetId: "42" });
    await record({ targetName: "another", targetId: "43" });
    await record({ targetName: "project", targetKind: "project", targetId: "42" });
    expect(names((await list({ account: 42 })).rows)).toEqual(["deleted", "intended"]);
  });
});

describe("exportAuditEvents", () => {
  test("writes every event as a line of JSON, its own asking last", async () => {
    await record({ targetName: "first", detail: { b: 1, a: [2] } });
    await record({ targetName: "second" });
    const lines = (await exported("ndjson")).trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line));
    expect(events.map((event) => event.targetName)).toEqual(["first", "second", null]);
    expect(events[0]).toMatchObject({ sequence: 1, actorName: "Ada", detail: '{"a":[2],"b":1}' });
    expect(events[2]).toMatchObject({ action: "audit.export", targetKind: "audit_log", detail: '{"format":"ndjson"}' });
  });

  test("exports more than one chunk, and only what the filters let through", async () => {
    for (let number = 0; number < 620; number++) await record({ targetName: number % 2 ? "odd" : "even" });
    const text = await exported("csv", { search: "odd" });
    expect(text.trimEnd().split("\r\n")).toHaveLength(1 + 310 + 1);
  });

  test("disarms formulas in CSV and keeps odd text in one cell", async () => {
    for (const name of ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", 'a,"b"\nc']) await record({ targetName: name });
    const text = await exported("csv");
    expect(text).toMatch(/^sequence,at,organizationKey,actorId/);
    for (const cell of ["'=1+1", "'+1", "'-1", "'@A1", "'\tx", "'\rx"]) expect(text).toContain(cell);
    expect(text).toContain('"a,""b""\nc"');
    expect(text).not.toMatch(/,"?[=+@-]/);
  });

  test("stops reading when the reader goes away", async () => {
    await record();
    const { stream, contentType, fileName } = await exportAuditEvents({
      context: contextOf(),
      input: { query: auditQuerySchema.parse({}), format: "csv" },
    });
    expect([contentType, fileName]).toEqual(["text/csv; charset=utf-8", "audit-one-2026-05-01.csv"]);
    await stream.cancel();
    expect((await list()).total).toBe(2);
  });
});
