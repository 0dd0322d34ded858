import type { Metadata } from "next";
import { RotationDetail } from "@/components/rotations/rotation-detail";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Rotation" };

type Props = { params: Promise<{ organizationId: string; rotationId: string }> };

export default async function RotationPage({ params }: Props) {
  const { key, apiBases } = await organizationPage(params);
  const { rotationId } = await params;
  return <RotationDetail organizationKey={key} rotationId={rotationId} apiBases={apiBases} />;
}
