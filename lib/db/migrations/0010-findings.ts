import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required, zero } from "./columns";

/** What departs from the policy, who answers for it, and how the organization stood day by day. */
export async function createFindings({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("findings")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("account_id", integer, required)
    .addColumn("rule", text, required)
    .addColumn("severity_rank", integer, required)
    .addColumn("sentence", text, required)
    .addColumn("fix", text, required)
    .addColumn("since", text, required)
    .addPrimaryKeyConstraint("findings_pk", ["organization_key", "account_id", "rule"])
    .execute();
  await schema
    .createTable("finding_acceptances")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("account_id", integer, required)
    .addColumn("rule", text, required)
    .addColumn("severity_rank", integer, required)
    .addColumn("reason", text, required)
    .addColumn("accepted_by", text, required)
    .addColumn("accepted_by_name", text, required)
    .addColumn("accepted_at", text, required)
    .addColumn("until", text, required)
    .addPrimaryKeyConstraint("finding_acceptances_pk", ["organization_key", "account_id", "rule"])
    .execute();
  await schema
    .createTable("finding_runs")
    .addColumn("organization_key", text, (column) => column.primaryKey().references("organizations.key"))
    .addColumn("wanted", integer, zero)
    .addColumn("judged", integer, zero)
    .addColumn("judged_at", text)
    .addColumn("policy_hash", text)
    .execute();
  await schema
    .createTable("posture_days")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("day", text, required)
    .addColumn("score", integer, required)
    .addColumn("accounts", integer, required)
    .addColumn("clean", integer, required)
    .addColumn("critical", integer, required)
    .addColumn("warning", integer, required)
    .addColumn("notice", integer, required)
    .addColumn("accepted", integer, required)
    .addPrimaryKeyConstraint("posture_days_pk", ["organization_key", "day"])
    .execute();
  await schema
    .createTable("posture_rule_days")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("day", text, required)
    .addColumn("rule", text, required)
    .addColumn("open", integer, required)
    .addColumn("accepted", integer, required)
    .addPrimaryKeyConstraint("posture_rule_days_pk", ["organization_key", "day", "rule"])
    .execute();
  await schema
    .createIndex("findings_by_severity")
    .on("findings")
    .columns(["organization_key", "severity_rank", "account_id", "rule"])
    .execute();
}
