import type { Metadata } from "next";
import { AccountDetail } from "@/components/service-accounts/account-detail";
import { idInAddress, organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Service account" };

type Props = { params: Promise<{ organizationId: string; accountId: string }> };

export default async function ServiceAccountPage({ params }: Props) {
  const { key, apiBases, mixpanelId } = await organizationPage(params);
  const accountId = idInAddress((await params).accountId);
  return <AccountDetail organizationKey={key} accountId={accountId} apiBases={apiBases} mixpanelId={mixpanelId} />;
}
