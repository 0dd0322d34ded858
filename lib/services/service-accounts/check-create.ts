import { loadProjects } from "@/lib/db/inventory";
import type { StoredProject } from "@/lib/db/inventory-rows";
import { AppError } from "@/lib/domain/app-error";
import { type CreateInput, EXPIRY_MAX_DAYS } from "@/lib/domain/change";
import { type OperatorRole, withinCeiling } from "@/lib/domain/operator";
import type { WritableRole } from "@/lib/domain/role";
import type { OrganizationContext } from "@/lib/services/context";
import { upstreamNow } from "@/lib/services/inventory/sync-view";

const DAY_MS = 86_400_000;

/** Throws `role_above_ceiling` if any role asked for is above what the operator may grant. */
export function checkRoles(role: OperatorRole, input: Pick<CreateInput, "role" | "projects">): void {
  const asked: [string, string][] = [
    ["role", input.role],
    ...input.projects.map((project, index): [string, string] => [`projects.${index}.role`, project.role]),
  ];
  const above = asked.filter(([, wanted]) => !withinCeiling(role, wanted));
  const [first] = above;
  if (!first) return;
  const fields = above.map(([field, wanted]) => [field, `A ${role} may not grant ${wanted}.`]);
  const reason = `A ${role} may not grant ${first[1]}. Nothing was sent.`;
  throw new AppError("role_above_ceiling", { reason, fields: Object.fromEntries(fields) });
}

/** Throws `bad_request` for an expiry that Mixpanel's clock has passed already, or one beyond the longest allowed. */
export function checkExpiry(context: OrganizationContext, expiresAt: string | null): void {
  if (expiresAt === null) return;
  const now = upstreamNow(context.now(), context.organization.upstream.clockSkewMs()).getTime();
  const at = Date.parse(expiresAt);
  if (at <= now) throw wrongExpiry("This expiry is in the past. Choose a later one.");
  if (at > now + EXPIRY_MAX_DAYS * DAY_MS) throw wrongExpiry(`At most ${EXPIRY_MAX_DAYS} days from now.`);
}

function wrongExpiry(message: string): AppError {
  return new AppError("bad_request", { fields: { expiresAt: message } });
}

export type GrantedProject = Pick<StoredProject, "id" | "name" | "region"> & { role: WritableRole };

/** The projects asked for with the role in each; throws `bad_request` naming those the inventory does not hold. */
export async function checkProjects(
  context: OrganizationContext,
  asked: CreateInput["projects"],
): Promise<GrantedProject[]> {
  const ids = asked.map(({ id }) => id);
  const rows = await loadProjects(context.database, context.organization.key, ids);
  const known = new Map(rows.map((project) => [project.id, project]));
  const fields: Record<string, string> = {};
  const granted = asked.flatMap(({ id, role }, index) => {
    const project = known.get(id);
    if (project) return [{ ...project, role }];
    fields[`projects.${index}.id`] =
      `Project ${id} is not in the inventory: it may have vanished. Refresh, then choose again.`;
    return [];
  });
  if (granted.length < asked.length) throw new AppError("bad_request", { fields });
  return granted;
}
