import { loadProjects } from "@/lib/db/inventory";
import type { StoredProject } from "@/lib/db/inventory-rows";
import { AppError } from "@/lib/domain/app-error";
import type { TargetResult } from "@/lib/domain/change";
import { readMe } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { asAppError, changeError } from "@/lib/services/operations/change-error";
import { unsentResult } from "@/lib/services/operations/resolve-accounts";

/** The projects of a request from the inventory; for one it does not know nothing is sent, and a read says why. */
export async function resolveProjects(
  context: OrganizationContext,
  ids: readonly number[],
): Promise<{ known: Map<number, StoredProject>; unsent: TargetResult[] }> {
  const rows = await loadProjects(context.database, context.organization.key, ids);
  const known = new Map(rows.map((project) => [project.id, project]));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return { known, unsent: [] };
  const errorOf = await whyUnknown(context);
  const unsent = missing.map((id) =>
    unsentResult({
      accountId: null,
      accountName: "All selected service accounts",
      projectId: id,
      projectName: `Project ${id}`,
      outcome: "skipped",
      error: changeError(errorOf(id), context.reference),
    }),
  );
  return { known, unsent };
}

/** One reading of `/me` tells for every project whether it vanished or was only not read yet. */
async function whyUnknown(context: OrganizationContext): Promise<(projectId: number) => AppError> {
  try {
    const { value: me } = await readMe(context.organization.upstream);
    const seen = new Set(me.projects.map((project) => project.id));
    return (id) =>
      seen.has(id)
        ? new AppError("not_found", { reason: "Keywarden has not read this project yet. Refresh the list first." })
        : new AppError("upstream_not_found", {
            reason: `Project ${id} no longer exists, or the console cannot see it.`,
          });
  } catch (error) {
    const failure = asAppError(error);
    return () => failure;
  }
}
