import type { StoredProject } from "@/lib/db/inventory-rows";
import type { ProjectRow } from "@/lib/domain/inventory-view";
import { regionSchema } from "@/lib/domain/region";

export function toProjectRow(row: StoredProject): ProjectRow {
  return {
    id: row.id,
    name: row.name,
    region: regionSchema.parse(row.region),
    timezone: row.timezone,
    memberCount: row.member_count,
    organizationGrantCount: row.organization_grant_count,
    syncedAt: row.synced_at,
    problem: row.problem,
  };
}
