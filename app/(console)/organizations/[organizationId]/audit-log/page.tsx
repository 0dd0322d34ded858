import type { Metadata } from "next";
import { AuditLog } from "@/components/audit-events/audit-log";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Audit log" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function AuditLogPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <AuditLog organizationKey={key} />;
}
