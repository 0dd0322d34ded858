import type { Metadata } from "next";
import { AccountList } from "@/components/service-accounts/account-list";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Service accounts" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function ServiceAccountsPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <AccountList organizationKey={key} />;
}
