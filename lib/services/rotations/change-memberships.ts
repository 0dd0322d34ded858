import type { TargetResult } from "@/lib/domain/change";
import type { PlannedMembership } from "@/lib/domain/replacement-plan";
import type { OrganizationContext } from "@/lib/services/context";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { removeMemberships } from "@/lib/services/memberships/remove";

/** Projects that one request names at most. */
const PER_REQUEST = 200;

/** Gives an account these memberships. Every attempt is a request of its own: what is there already is not sent again. */
export function giveMemberships(
  context: OrganizationContext,
  accountId: number,
  memberships: readonly PlannedMembership[],
) {
  return inRequests(memberships, async (some) => {
    const input = { accountIds: [accountId], projects: some.map(({ id, role }) => ({ id, role })) };
    return (await assignMemberships({ context, input, idempotencyKey: context.newId() })).results;
  });
}

export function takeMemberships(
  context: OrganizationContext,
  accountId: number,
  memberships: readonly PlannedMembership[],
) {
  return inRequests(memberships, async (some) => {
    const input = { accountIds: [accountId], projectIds: some.map(({ id }) => id) };
    return (await removeMemberships({ context, input, idempotencyKey: context.newId() })).results;
  });
}

async function inRequests(
  memberships: readonly PlannedMembership[],
  send: (some: readonly PlannedMembership[]) => Promise<TargetResult[]>,
): Promise<TargetResult[]> {
  const results: TargetResult[] = [];
  for (let start = 0; start < memberships.length; start += PER_REQUEST) {
    results.push(...(await send(memberships.slice(start, start + PER_REQUEST))));
  }
  return results;
}

/** How many of the targets are as they should be. */
export function countDone(results: readonly TargetResult[]): { done: number; of: number } {
  return {
    done: results.filter(({ outcome }) => outcome === "done" || outcome === "already").length,
    of: results.length,
  };
}
