import { loadAllAnnotations } from "@/lib/db/annotations";
import { findExpiringAccounts } from "@/lib/db/expiring-accounts";
import { listEndedRotations, listOpenRotations } from "@/lib/db/rotations";
import type { AnnotationView } from "@/lib/domain/annotation";
import { rotateBy } from "@/lib/domain/rotate-by";
import type { RotationList } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { listCampaignViews } from "@/lib/services/rotation-campaigns/list";
import { examineRotations } from "./load-evidence";
import { viewRotations } from "./rotation-view";

const ENDED_SHOWN = 30;
const DUE_SHOWN = 10;
/** What is to begin within this time is shown already. */
const SOON_MS = 14 * 86_400_000;

/** Open rotations, those that should begin, campaigns, and the latest that ended. */
export async function listRotations({ context }: { context: OrganizationContext }): Promise<RotationList> {
  const { database, organization } = context;
  const open = await listOpenRotations(database, organization.key);
  const ended = await listEndedRotations(database, organization.key, ENDED_SHOWN);
  const annotations = await loadAllAnnotations(database, organization.key);
  const due = await dueOf(context, annotations, new Set(open.flatMap((row) => [row.predecessorId, row.replacementId])));
  const views = await viewRotations(context, await examineRotations(context, [...open, ...ended]));
  return {
    open: views.filter(({ endedAt }) => endedAt === null).toSorted(byDue),
    ended: views.filter(({ endedAt }) => endedAt !== null),
    campaigns: await listCampaignViews(context),
    due: due.slice(0, DUE_SHOWN),
    dueCount: due.length,
    tags: [...new Set([...annotations.values()].flatMap(({ tags }) => tags))].sort(),
  };
}

function byDue({ next: left }: RotationList["open"][number], { next: right }: RotationList["open"][number]): number {
  return (left.due ?? "").localeCompare(right.due ?? "");
}

/** What has stopped working has nothing left to overlap with: the overview tells of it. */
async function dueOf(
  context: OrganizationContext,
  annotations: ReadonlyMap<number, AnnotationView>,
  inRotation: ReadonlySet<number | null>,
): Promise<RotationList["due"]> {
  const { database, organization, now } = context;
  const { policy } = await getPolicy(context);
  const { overlapDays, leadTimeDays } = policy.rotation;
  const soon = new Date(now().getTime() + SOON_MS).toISOString();
  const accounts = await findExpiringAccounts(database, organization.key, now().toISOString());
  const due = accounts.flatMap(({ id, name, username, expires_at: expiresAt }) => {
    const annotation = annotations.get(id);
    const by = rotateBy(expiresAt, { leadTimeDays: annotation?.leadTimeDays ?? leadTimeDays, overlapDays });
    if (by === null || by > soon || inRotation.has(id) || username === organization.credentialUsername) return [];
    return [{ accountId: id, name, expiresAt, rotateBy: by, owner: annotation?.owner ?? null }];
  });
  return due.toSorted((left, right) => left.rotateBy.localeCompare(right.rotateBy));
}
