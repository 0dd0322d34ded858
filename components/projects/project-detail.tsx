"use client";

import { useQuery } from "@tanstack/react-query";
import { FolderPlus } from "lucide-react";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { SyncNotices } from "@/components/sync/sync-notices";
import { SyncStatus } from "@/components/sync/sync-status";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api-client/api-error";
import { projectQuery } from "@/lib/api-client/projects";
import { hasPermission } from "@/lib/domain/operator";
import { regionNames } from "@/lib/domain/region";
import { pages } from "@/lib/paths/paths";
import { AddMembersDialog } from "./add-members-dialog";
import { MemberTable } from "./member-table";

type ProjectDetailProps = { organizationKey: string; projectId: number };

/** One project and everyone who reaches it, with role and grant. */
export function ProjectDetail({ organizationKey, projectId }: ProjectDetailProps) {
  const { role } = useOperator();
  const [adding, setAdding] = useState(false);
  const detail = useQuery(projectQuery(organizationKey, projectId));
  const list = pages.projects(organizationKey);

  if (detail.error instanceof ApiError && detail.error.status === 404) {
    return (
      <EmptyState
        page
        kind="no-match"
        title="This project does not exist"
        action={<LinkButton href={list}>All projects</LinkButton>}
      >
        It may have been deleted in Mixpanel, or it belongs to another organization.
      </EmptyState>
    );
  }
  if (detail.error) return <FailurePanel error={detail.error} onRetry={() => detail.refetch()} />;
  if (!detail.data) return <Skeleton className="h-96" />;

  const { project, members, total } = detail.data;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Projects", href: list }]}
        title={project.name}
        badges={<Badge>{project.region.toUpperCase()}</Badge>}
        description={<SyncStatus organizationKey={organizationKey} />}
        actions={
          hasPermission(role, "membership:assign") ? (
            <Button icon={<FolderPlus aria-hidden />} onClick={() => setAdding(true)}>
              Add service accounts
            </Button>
          ) : null
        }
      />
      <div className="grid grid-cols-1 gap-5">
        <SyncNotices organizationKey={organizationKey} />
        {project.problem ? (
          <Notice tone="warning" title="The members of this project could not be read at the last sync.">
            {project.problem} They are shown as they were before.
          </Notice>
        ) : null}
        <SectionCard title="About">
          <DefinitionList
            columns={3}
            items={[
              { term: "Id", value: <span className="font-mono">{project.id}</span> },
              { term: "Region", value: regionNames[project.region] },
              { term: "Time zone", value: project.timezone ?? "Not told by Mixpanel" },
              { term: "Members", value: project.memberCount.toLocaleString("en") },
              {
                term: "Through the organization",
                value: project.organizationGrantCount.toLocaleString("en"),
                hint: "owners and admins of the organization are in every project",
              },
            ]}
          />
        </SectionCard>
        <MemberTable organizationKey={organizationKey} projectId={projectId} members={members} total={total} />
      </div>
      {adding ? (
        <AddMembersDialog organizationKey={organizationKey} projectId={projectId} onClose={() => setAdding(false)} />
      ) : null}
    </>
  );
}
