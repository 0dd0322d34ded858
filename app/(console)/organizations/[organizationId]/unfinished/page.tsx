import type { Metadata } from "next";
import { Unfinished } from "@/components/operations/unfinished";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Unfinished changes" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function UnfinishedPage({ params }: Props) {
  const { key, apiBases } = await organizationPage(params);
  return <Unfinished organizationKey={key} apiBases={apiBases} />;
}
