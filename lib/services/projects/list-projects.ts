import { countProjects, findProjectPage } from "@/lib/db/projects";
import type { ProjectPage } from "@/lib/domain/inventory-view";
import type { ProjectQuery } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { toProjectRow } from "./project-row";

export async function listProjects(context: OrganizationContext, query: ProjectQuery): Promise<ProjectPage> {
  const { database, organization } = context;
  const { sync } = await loadInventoryState(context);
  const [rows, total, unfilteredTotal] = await Promise.all([
    findProjectPage(database, organization.key, query),
    countProjects(database, organization.key, query.search),
    countProjects(database, organization.key),
  ]);
  return { rows: rows.map(toProjectRow), total, unfilteredTotal, sync };
}
