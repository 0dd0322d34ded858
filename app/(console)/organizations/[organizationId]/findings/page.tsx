import type { Metadata } from "next";
import { Findings } from "@/components/findings/findings";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Findings" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function FindingsPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <Findings organizationKey={key} />;
}
