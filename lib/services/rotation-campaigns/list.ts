import { loadAccounts } from "@/lib/db/inventory";
import { listCampaigns, type StoredCampaign } from "@/lib/db/rotation-campaigns";
import { listRotationsOf, type StoredRotation } from "@/lib/db/rotations";
import { phaseOf } from "@/lib/domain/rotation";
import type { CampaignView } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";

const SHOWN = 50;

/** The campaigns that a page shows: open ones first. */
export async function listCampaignViews(context: OrganizationContext): Promise<CampaignView[]> {
  return viewsOf(context, await listCampaigns(context.database, context.organization.key, SHOWN));
}

/** How far the accounts of each of these have come. */
export async function viewsOf(
  context: OrganizationContext,
  campaigns: readonly StoredCampaign[],
): Promise<CampaignView[]> {
  const { database, organization } = context;
  const ids = [...new Set(campaigns.flatMap(({ members }) => members.map(({ id }) => id)))];
  const rotations = await listRotationsOf(database, organization.key, ids);
  const existing = new Set((await loadAccounts(database, organization.key, ids)).map(({ id }) => id));
  return campaigns.map((campaign) => viewOf(campaign, { rotations, existing, now: context.now() }));
}

type Beside = { rotations: readonly StoredRotation[]; existing: ReadonlySet<number>; now: Date };

function viewOf(campaign: StoredCampaign, beside: Beside): CampaignView {
  const members = campaign.members.map(({ id, name }) => ({ accountId: id, name, ...memberOf(campaign, id, beside) }));
  const { id, name, chosenBy, dueAt, startedBy, startedAt, endedBy, endedAt } = campaign;
  const done = members.filter(({ state }) => state === "done" || state === "gone").length;
  return { id, name, chosenBy, dueAt, startedBy, startedAt, endedBy, endedAt, members, done };
}

type Member = Pick<CampaignView["members"][number], "state" | "phase" | "rotationId">;

/** Any rotation of the account counts that was open since the campaign began, also one begun from its own page. */
function memberOf({ startedAt }: StoredCampaign, accountId: number, { rotations, existing, now }: Beside): Member {
  const last = rotations.findLast(
    ({ predecessorId, endedAt }) => predecessorId === accountId && (endedAt === null || endedAt >= startedAt),
  );
  if (!last) return { state: existing.has(accountId) ? "waiting" : "gone", phase: null, rotationId: null };
  const told = { phase: phaseOf({ ...last, deleting: false }, now), rotationId: last.id };
  if (last.endedAt === null) return { state: "open", ...told };
  return { state: last.outcome === "predecessor_deleted" ? "done" : "left_out", ...told };
}
