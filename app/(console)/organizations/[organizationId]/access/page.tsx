import type { Metadata } from "next";
import { Access } from "@/components/access/access";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Access" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function AccessPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <Access organizationKey={key} />;
}
