import type { StoredMembership } from "@/lib/db/inventory-rows";
import { groupBy } from "./group-by";

export type MemberChanges = {
  /** What is in the project afterwards. */
  after: StoredMembership[];
  /** Accounts whose stored memberships in the project go first. */
  withdrawn: number[];
  added: StoredMembership[];
};

const equal = (left: StoredMembership, right: StoredMembership) =>
  left.role === right.role && left.grant_type === right.grant_type && left.sensitive_access === right.sensitive_access;

/** The same grants, in any order; neither side holds one twice. */
function alike(left: readonly StoredMembership[], right: readonly StoredMembership[]): boolean {
  return left.length === right.length && left.every((one) => right.some((other) => equal(one, other)));
}

/**
 * One project's members: what was read, for accounts that exist, except where somebody wrote an account after the
 * reading began: there the stored memberships stay.
 */
export function planMembers(
  stored: readonly StoredMembership[],
  read: readonly StoredMembership[],
  { exists, isNewer }: { exists: (accountId: number) => boolean; isNewer: (accountId: number) => boolean },
): MemberChanges {
  const before = groupBy(stored, (row) => row.account_id);
  const reading = groupBy(read, (row) => row.account_id);
  const changes: MemberChanges = { after: [], withdrawn: [], added: [] };
  for (const accountId of new Set([...before.keys(), ...reading.keys()])) {
    const had = before.get(accountId) ?? [];
    const has = !exists(accountId) ? [] : isNewer(accountId) ? had : (reading.get(accountId) ?? []);
    for (const membership of has) changes.after.push(membership);
    if (alike(had, has)) continue;
    if (had.length > 0) changes.withdrawn.push(accountId);
    for (const membership of has) changes.added.push(membership);
  }
  return changes;
}
