import type { Metadata } from "next";
import { OrganizationList } from "@/components/organizations/organization-list";
import { requireOperator } from "@/lib/auth/require-operator";

export const metadata: Metadata = { title: "Organizations" };

export default async function OrganizationsPage() {
  await requireOperator();
  return <OrganizationList />;
}
