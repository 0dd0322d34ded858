import { type ColumnDefinitionBuilder, type RawBuilder, sql } from "kysely";
import type { DialectName } from "@/lib/db/database";

type Define = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

/** Column types of one meaning on both databases. Text is compared byte by byte on both, so that instants sort by time. */
export function columnTypes(dialect: DialectName): { text: RawBuilder<string>; integer: RawBuilder<number> } {
  return dialect === "postgresql"
    ? { text: sql`text collate "C"`, integer: sql`bigint` }
    : { text: sql`text`, integer: sql`integer` };
}

export const required: Define = (column) => column.notNull();
export const zero: Define = (column) => column.notNull().defaultTo(0);
