import type { Metadata } from "next";
import { CampaignDetail } from "@/components/rotations/campaign-detail";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Rotation campaign" };

type Props = { params: Promise<{ organizationId: string; campaignId: string }> };

export default async function CampaignPage({ params }: Props) {
  const { key, apiBases } = await organizationPage(params);
  const { campaignId } = await params;
  return <CampaignDetail organizationKey={key} campaignId={campaignId} apiBases={apiBases} />;
}
