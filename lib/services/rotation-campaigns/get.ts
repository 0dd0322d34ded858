import { findCampaign } from "@/lib/db/rotation-campaigns";
import { AppError } from "@/lib/domain/app-error";
import type { CampaignView } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { viewsOf } from "./list";

type Request = { context: OrganizationContext; campaignId: string };

/** Throws `not_found`. */
export async function getCampaign({ context, campaignId }: Request): Promise<CampaignView> {
  const stored = await findCampaign(context.database, context.organization.key, campaignId);
  const [campaign] = stored ? await viewsOf(context, [stored]) : [];
  if (!campaign) throw new AppError("not_found", { reason: "There is no such campaign." });
  return campaign;
}
