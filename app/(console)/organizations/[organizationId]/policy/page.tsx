import type { Metadata } from "next";
import { PolicyPage } from "@/components/policy/policy-page";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Policy" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function OrganizationPolicyPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <PolicyPage organizationKey={key} />;
}
