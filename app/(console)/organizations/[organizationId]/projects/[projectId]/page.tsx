import type { Metadata } from "next";
import { ProjectDetail } from "@/components/projects/project-detail";
import { idInAddress, organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Project" };

type Props = { params: Promise<{ organizationId: string; projectId: string }> };

export default async function ProjectPage({ params }: Props) {
  const { key } = await organizationPage(params);
  return <ProjectDetail organizationKey={key} projectId={idInAddress((await params).projectId)} />;
}
