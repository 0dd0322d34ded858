import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes } from "./columns";

/** When the process that carries out a request last said so of the operations that still wait for their turn. */
export async function addOperationHeartbeat({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text } = columnTypes(dialect);
  await schema.alterTable("operations").addColumn("alive_at", text).execute();
}
