import { sql } from "kysely";
import { expect } from "vitest";
import { z } from "zod";
import { verifyAuditRecord } from "@/lib/services/audit/verify";
import type { Stage } from "./stage";

const tokenSchema = z.object({ results: z.object({ token: z.string() }) });

/** The secrets Mixpanel has given out so far, from its own ledger. */
export async function issuedSecrets(stage: Pick<Stage, "control">): Promise<string[]> {
  const ledger = await stage.control.ledger();
  return ledger.flatMap(({ result }) => {
    const parsed = tokenSchema.safeParse(result);
    return parsed.success ? [parsed.data.results.token] : [];
  });
}

/** Every row of every table as text, without the one column that may hold a sealed secret. */
async function dump(stage: Stage): Promise<string> {
  const tables = await stage.database.introspection.getTables();
  const rows = await Promise.all(
    tables.map(({ name }) => sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(stage.database)),
  );
  return JSON.stringify(rows.map((result) => result.rows.map(({ sealed: _, ...row }) => row)));
}

/**
 * What holds after every change, whatever went wrong: no more ledger entries than intended, each operation with both of
 * its events, nothing stuck, no secret anywhere in the database or the log, and the record's chain whole.
 */
export async function expectPromisesKept(stage: Stage, intended: number): Promise<void> {
  const ledger = await stage.control.ledger();
  expect(ledger.length).toBeLessThanOrEqual(intended);
  const operations = await stage.database.selectFrom("operations").select(["id", "state"]).execute();
  const events = await stage.database
    .selectFrom("audit_events")
    .select(["operation_id", "outcome", "action"])
    .orderBy("sequence")
    .execute();
  for (const { id, state } of operations) {
    expect(["prepared", "sent"]).not.toContain(state);
    const own = events.filter(
      (event) => event.operation_id === id && /^(service_account|membership)\./.test(event.action),
    );
    expect(own.map((event) => event.outcome === "intended")).toEqual([true, false]);
  }
  const secrets = [...(await issuedSecrets(stage)), stage.simulator.owner.secret];
  const everything = (await dump(stage)) + stage.log.join("");
  for (const secret of secrets) expect(everything).not.toContain(secret);
  expect(await verifyAuditRecord(stage.database)).toMatchObject({ valid: true });
}
