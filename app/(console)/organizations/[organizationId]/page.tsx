import type { Metadata } from "next";
import { Overview } from "@/components/overview/overview";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Overview" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function OverviewPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <Overview organizationKey={key} />;
}
