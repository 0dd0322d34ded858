import type { Metadata } from "next";
import { ProjectList } from "@/components/projects/project-list";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Projects" };

type Props = { params: Promise<{ organizationId: string }> };

export default async function ProjectsPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <ProjectList organizationKey={key} />;
}
