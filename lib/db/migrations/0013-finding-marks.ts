import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required } from "./columns";

/** Which findings were told through which channel; one that goes and comes back has another `since`. */
export async function createFindingMarks({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("finding_marks")
    .addColumn("channel_id", text, (column) =>
      column.notNull().references("notification_channels.id").onDelete("cascade"),
    )
    .addColumn("account_id", integer, required)
    .addColumn("rule", text, required)
    .addColumn("since", text, required)
    .addColumn("marked_at", text, required)
    .addPrimaryKeyConstraint("finding_marks_pk", ["channel_id", "account_id", "rule", "since"])
    .execute();
}
