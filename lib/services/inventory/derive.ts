import type { StoredMembership } from "@/lib/db/inventory-rows";
import { highestMembership } from "@/lib/domain/membership";
import { roleRank } from "@/lib/domain/role";

type Held = Pick<StoredMembership, "project_id" | "role" | "grant_type">;
type Holding = Pick<StoredMembership, "account_id" | "grant_type">;

/** Sorts below every role, "no role" included. */
export const NO_MEMBERSHIP_RANK = -1;

/** The columns of an account that follow from its memberships. */
export function deriveAccountColumns(memberships: readonly Held[]) {
  const highest = highestMembership(memberships.map(({ role, grant_type }) => ({ role, grant: grant_type })));
  return {
    highest_role: highest?.role ?? null,
    highest_role_rank: highest ? roleRank(highest.role) : NO_MEMBERSHIP_RANK,
    highest_grant: highest?.grant ?? null,
    project_count: new Set(memberships.map(({ project_id }) => project_id)).size,
  };
}

/** The columns of a project that follow from its memberships; an account counts once, however many grants it has. */
export function deriveProjectColumns(memberships: readonly Holding[]) {
  const byOrganization = memberships.filter(({ grant_type }) => grant_type === "organization");
  return {
    member_count: new Set(memberships.map(({ account_id }) => account_id)).size,
    organization_grant_count: new Set(byOrganization.map(({ account_id }) => account_id)).size,
  };
}
