import type { MembershipWithProject } from "@/lib/db/service-accounts";
import type { MembershipView } from "@/lib/domain/inventory-view";
import { regionSchema } from "@/lib/domain/region";

export function toMembershipView(row: MembershipWithProject): MembershipView {
  return {
    projectId: row.project_id,
    projectName: row.name,
    region: regionSchema.parse(row.region),
    role: row.role,
    grant: row.grant_type,
    sensitiveAccess: row.sensitive_access === null ? null : row.sensitive_access === 1,
  };
}
