import { auditEventOf, findAuditPage } from "@/lib/db/audit-queries";
import type { AuditPage } from "@/lib/domain/audit-event";
import type { AuditQuery } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";

type Input = { context: Pick<OrganizationContext, "database" | "organization">; input: AuditQuery };

/** One page of the record, newest first. */
export async function listAuditEvents({ context, input }: Input): Promise<AuditPage> {
  const filter = { organizationKey: context.organization.key, query: input };
  const { rows, total } = await findAuditPage(context.database, filter);
  return { rows: rows.map(auditEventOf), total };
}
