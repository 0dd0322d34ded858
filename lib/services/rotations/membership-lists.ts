import type { PlannedMembership } from "@/lib/domain/replacement-plan";
import { copyableOf, type Examined } from "./load-evidence";

/** What the replacement should hold and does not: as planned, and as the predecessor holds meanwhile. */
export function missingOf(
  { rotation, held, replacement }: Examined,
  projectIds: ReadonlySet<number>,
): PlannedMembership[] {
  if (!replacement) return [];
  const wanted = new Map(rotation.plan.projects.map((membership) => [membership.id, membership]));
  for (const membership of copyableOf(held.predecessor)) wanted.set(membership.id, membership);
  return notHeld([...wanted.values()], held.replacement, projectIds);
}

/** What quarantine took away and was not given back. */
export function removedOf(
  { rotation, held, predecessor }: Examined,
  projectIds: ReadonlySet<number>,
): PlannedMembership[] {
  return predecessor ? notHeld(rotation.removedMemberships, held.predecessor, projectIds) : [];
}

function notHeld(
  wanted: readonly PlannedMembership[],
  held: Examined["held"]["predecessor"],
  projectIds: ReadonlySet<number>,
): PlannedMembership[] {
  const there = new Set(copyableOf(held).map(({ id, role }) => `${id} ${role}`));
  return wanted.filter(({ id, role }) => projectIds.has(id) && !there.has(`${id} ${role}`));
}
