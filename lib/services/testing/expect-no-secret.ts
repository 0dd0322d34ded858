import { sql } from "kysely";
import { expect } from "vitest";
import { verifyAuditRecord } from "@/lib/services/audit/verify";
import { issuedSecrets } from "./expect-promises";
import type { Desk } from "./open-desk";

/** No secret in any column, not even the sealed ones (they hold it sealed), nor in the log; the record's chain is whole. */
export async function expectNoSecret(desk: Desk): Promise<void> {
  const tables = await desk.database.introspection.getTables();
  const rows = await Promise.all(
    tables.map(({ name }) => sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(desk.database)),
  );
  const everything = JSON.stringify(rows.map(({ rows: each }) => each)) + desk.log.join("");
  const given = desk.simulator.organizations.flatMap(({ owner, admin, project }) => [owner, admin, project]);
  const secrets = [...given.map(({ secret }) => secret), ...(await issuedSecrets(desk))];
  for (const secret of secrets) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(Buffer.from(secret).toString("base64").replaceAll("=", ""));
  }
  expect(await verifyAuditRecord(desk.database)).toMatchObject({ valid: true });
}
