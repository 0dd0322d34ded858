import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes } from "./columns";

/** What lists filter and sort by beside Mixpanel's own facts; the next sync fills it in. */
export async function addLifeColumns({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text } = columnTypes(dialect);
  for (const column of ["rotate_by", "silent_from", "owner"]) {
    await schema.alterTable("service_accounts").addColumn(column, text).execute();
    await schema
      .createIndex(`service_accounts_by_${column}`)
      .on("service_accounts")
      .columns(["organization_key", column, "id"])
      .execute();
  }
  for (const [column, nothing] of [
    ["tags", "[]"],
    ["note_text", ""],
  ] as const) {
    const table = schema.alterTable("service_accounts");
    await table.addColumn(column, text, (definition) => definition.notNull().defaultTo(nothing)).execute();
  }
}
