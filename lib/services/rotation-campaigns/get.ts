import { AppError } from "@/lib/domain/app-error";
import type { CampaignView } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { listCampaignViews } from "./list";

type Request = { context: OrganizationContext; campaignId: string };

/** Throws `not_found`. */
export async function getCampaign({ context, campaignId }: Request): Promise<CampaignView> {
  const campaign = (await listCampaignViews(context)).find(({ id }) => id === campaignId);
  if (!campaign) throw new AppError("not_found", { reason: "There is no such campaign." });
  return campaign;
}
