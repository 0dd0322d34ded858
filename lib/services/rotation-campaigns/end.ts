import { inTransaction } from "@/lib/db/in-transaction";
import { endCampaign } from "@/lib/db/rotation-campaigns";
import type { CampaignView } from "@/lib/domain/rotation-view";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { recorded } from "@/lib/services/rotations/rotation-run";
import { getCampaign } from "./get";

type Request = { context: OrganizationContext; campaignId: string };

/** Closes a campaign; rotations that are open go on by themselves. */
export async function closeCampaign({ context, campaignId }: Request): Promise<CampaignView> {
  const actor = requireOperator(context, "account:rotate");
  const campaign = await getCampaign({ context, campaignId });
  const { organization, database, now } = context;
  await recorded(() =>
    inTransaction(database, async (transaction) => {
      const ended = { by: actor.operator.name, at: now().toISOString() };
      if (!(await endCampaign(transaction, campaignId, ended))) return;
      const detail = {
        campaign: campaignId,
        name: campaign.name,
        closed: true,
        done: campaign.done,
        of: campaign.members.length,
      };
      const target = { targetKind: "organization", targetId: organization.key, targetName: organization.name } as const;
      const event = {
        action: "rotation.campaign",
        outcome: "succeeded",
        organizationKey: organization.key,
        ...target,
        detail,
      } as const;
      await recordEvent(context, event, transaction);
    }),
  );
  return getCampaign({ context, campaignId });
}
