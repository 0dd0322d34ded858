import { countProjectMembers, findProject, findProjectMembers } from "@/lib/db/projects";
import { AppError } from "@/lib/domain/app-error";
import type { ProjectDetail } from "@/lib/domain/inventory-view";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { toAccountRow } from "@/lib/services/service-accounts/account-row";
import { toProjectRow } from "./project-row";

/** The list of accounts, filtered by project, shows the rest. */
const MEMBERS_MAX = 1_000;

/** A project with its memberships, strongest first and once per grant; throws `not_found`. `total` counts them all. */
export async function getProject(context: OrganizationContext, projectId: number): Promise<ProjectDetail> {
  const { database, organization } = context;
  const { sync } = await loadInventoryState(context);
  const project = await findProject(database, organization.key, projectId);
  if (!project) throw new AppError("not_found", { reason: "No such project is in the inventory." });
  const members = await findProjectMembers(database, organization.key, projectId, MEMBERS_MAX);
  return {
    project: toProjectRow(project),
    members: members.map((row) => ({ ...toAccountRow(row, organization), role: row.role, grant: row.grant_type })),
    total: await countProjectMembers(database, organization.key, projectId),
    sync,
  };
}
