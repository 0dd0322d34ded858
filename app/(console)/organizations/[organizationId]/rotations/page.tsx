import type { Metadata } from "next";
import { RotationList } from "@/components/rotations/rotation-list";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Rotations" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function RotationsPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <RotationList organizationKey={key} />;
}
