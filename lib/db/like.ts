import { type Expression, type SqlBool, sql } from "kysely";

/** Whether a column contains the text, each of its characters standing for itself. */
export function contains(column: Expression<string>, text: string): Expression<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<SqlBool>`${column} like ${pattern} escape '\\'`;
}
