import { z } from "zod";
import { grantableRoles, type OperatorRole, withinCeiling } from "./operator";
import { isWritableRole, type WritableRole, writableRoleSchema } from "./role";
import { instantSchema } from "./service-account";

export const plannedMembershipSchema = z.object({ id: z.number().int(), name: z.string(), role: writableRoleSchema });
export type PlannedMembership = z.infer<typeof plannedMembershipSchema>;

/** What a replacement gets, written down before anything is changed: after a leak the predecessor cannot be asked any more. */
export const replacementPlanSchema = z.object({
  role: writableRoleSchema,
  expiresAt: instantSchema,
  projects: z.array(plannedMembershipSchema),
  /** What the predecessor holds in other ways and nobody can copy from here. */
  notCopyable: z.array(
    z.object({ projectId: z.number().int(), projectName: z.string(), role: z.string(), grant: z.string() }),
  ),
});
export type ReplacementPlan = z.infer<typeof replacementPlanSchema>;

type Held = { projectId: number; projectName: string; role: string; grant: string };

/** An individual grant of a role that may be written is copied; a custom role, a team's or the organization's is not. */
export function splitCopyable(held: readonly Held[]): Pick<ReplacementPlan, "projects" | "notCopyable"> {
  const projects: PlannedMembership[] = [];
  const notCopyable: Held[] = [];
  for (const { projectId, projectName, role, grant } of held) {
    if (grant === "individual" && isWritableRole(role)) projects.push({ id: projectId, name: projectName, role });
    else notCopyable.push({ projectId, projectName, role, grant });
  }
  return { projects, notCopyable };
}

/**
 * The organization role, where it is known: given here, or shown by a grant of the organization; null where somebody has
 * to say. https://docs.mixpanel.com/docs/orgs-and-projects/roles-and-permissions
 */
export function knownOrganizationRole(
  given: string | null,
  held: readonly Pick<Held, "role" | "grant">[],
): WritableRole | null {
  if (given !== null && isWritableRole(given)) return given;
  const shown = held.filter(({ grant }) => grant === "organization").map(({ role }) => role);
  return (["owner", "admin"] as const).find((role) => shown.includes(role)) ?? null;
}

/** The roles that may be chosen for an account whose role nobody knows: it shows no grant of an owner or admin. */
export function askableRoles(role: OperatorRole): WritableRole[] {
  return grantableRoles(role).filter((candidate) => candidate === "analyst" || candidate === "consumer");
}

/** The first role of a plan that is above what the operator may touch; null when there is none. */
export function roleAbove({ role, projects, notCopyable }: ReplacementPlan, operator: OperatorRole): string | null {
  const roles = [role, ...projects.map((project) => project.role), ...notCopyable.map((held) => held.role)];
  return roles.find((held) => !withinCeiling(operator, held)) ?? null;
}
