import type { Metadata } from "next";
import { Notifications } from "@/components/notifications/notifications";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Notifications" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function NotificationsPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <Notifications organizationKey={key} />;
}
