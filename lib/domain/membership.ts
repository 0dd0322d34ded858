import { z } from "zod";
import { roleRank } from "./role";

/** Why an account is in a project. Only an individual grant can be taken away through the API. */
export const grants = ["individual", "team", "organization"] as const;
/** Mixpanel's `target_type` is open in practice: anything else is kept as it came and never removable. */
export const grantSchema = z.string();
export type Grant = (typeof grants)[number] | (string & {});

export const membershipSchema = z.object({
  projectId: z.number().int(),
  accountId: z.number().int(),
  role: z.string(),
  grant: grantSchema,
  sensitiveAccess: z.boolean().nullable(),
});
export type Membership = z.infer<typeof membershipSchema>;

export function isRemovable(grant: string): boolean {
  return grant === "individual";
}

/** The strongest role among memberships and the grant it comes by; an organization grant wins ties, for it reaches furthest. */
export function highestMembership<T extends { role: string; grant: string }>(memberships: readonly T[]): T | null {
  const reach = (grant: string) => (grant === "organization" ? 2 : grant === "team" ? 1 : 0);
  let best: T | null = null;
  for (const membership of memberships) {
    const gain = best
      ? roleRank(membership.role) - roleRank(best.role) || reach(membership.grant) - reach(best.grant)
      : 1;
    if (gain > 0) best = membership;
  }
  return best;
}
