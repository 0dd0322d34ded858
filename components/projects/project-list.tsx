"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useRef } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { SyncNotices } from "@/components/sync/sync-notices";
import { SyncStatus } from "@/components/sync/sync-status";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchInput } from "@/components/ui/search-input";
import { Skeleton } from "@/components/ui/skeleton";
import { SortHeader } from "@/components/ui/sort-header";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { VirtualRows } from "@/components/ui/virtual-rows";
import { projectsQuery } from "@/lib/api-client/projects";
import type { ProjectRow } from "@/lib/domain/inventory-view";
import { projectSorts, sortOrders } from "@/lib/domain/list-query";
import { regionNames } from "@/lib/domain/region";
import { pages } from "@/lib/paths/paths";

const parsers = {
  search: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(projectSorts).withDefault("name"),
  order: parseAsStringLiteral(sortOrders).withDefault("asc"),
  page: parseAsInteger.withDefault(1),
};
const PAGE_SIZE = 100;
const heads = [
  { sort: "name", title: "Project" },
  { sort: "id", title: "Id" },
  { sort: "region", title: "Region" },
  { sort: "members", title: "Members", align: "end" },
] as const;

/** Every project of the organization with how many service accounts reach it. */
export function ProjectList({ organizationKey }: { organizationKey: string }) {
  const [query, setQuery] = useQueryStates(parsers, { history: "replace" });
  const projects = useQuery(
    projectsQuery(organizationKey, { ...query, page: Math.max(1, query.page), size: PAGE_SIZE }),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const page = projects.data;
  return (
    <>
      <PageHeader title="Projects" description={<SyncStatus organizationKey={organizationKey} />} />
      <div className="grid gap-3" data-tour="projects">
        <SyncNotices organizationKey={organizationKey} />
        <SearchInput
          className="w-full sm:w-72"
          label="Search projects"
          placeholder="Name or id"
          shortcut="/"
          value={query.search}
          onValueChange={(search) => setQuery({ search: search || null, page: null })}
        />
        {projects.error ? (
          <FailurePanel error={projects.error} onRetry={() => projects.refetch()} />
        ) : !page ? (
          <Skeleton className="h-96" />
        ) : page.rows.length === 0 ? (
          page.unfilteredTotal > 0 ? (
            <EmptyState
              kind="no-match"
              title={`No projects match "${query.search}"`}
              action={<Button onClick={() => setQuery({ search: null, page: null })}>Clear search</Button>}
            />
          ) : (
            <EmptyState kind="none-yet" title={page.sync.asOf ? "No projects yet" : "Not read yet"}>
              {page.sync.asOf
                ? "Projects are created in Mixpanel and appear here with the next sync."
                : "The list fills itself when the first sync is done."}
            </EmptyState>
          )
        ) : (
          <>
            <Table
              ref={scroller}
              label="Projects"
              rowCount={page.rows.length + 1}
              className="max-h-[max(20rem,calc(100dvh-17rem))]"
            >
              <TableHead>
                <tr>
                  {heads.map((head) => {
                    const active = query.sort === head.sort;
                    return (
                      <SortHeader
                        key={head.sort}
                        align={"align" in head ? head.align : undefined}
                        direction={active ? (query.order === "asc" ? "ascending" : "descending") : null}
                        onSort={() =>
                          setQuery({
                            sort: head.sort,
                            order: active && query.order === "asc" ? "desc" : "asc",
                            page: null,
                          })
                        }
                      >
                        {head.title}
                      </SortHeader>
                    );
                  })}
                  <HeaderCell>Of these by organization</HeaderCell>
                </tr>
              </TableHead>
              <VirtualRows
                items={page.rows}
                scroller={scroller}
                renderRow={(project, index) => (
                  <ProjectLine key={project.id} organizationKey={organizationKey} project={project} index={index} />
                )}
              />
            </Table>
            <Pagination
              label="projects"
              page={query.page}
              pageSize={PAGE_SIZE}
              total={page.total}
              waiting={projects.isPlaceholderData}
              onPageChange={(next) => setQuery({ page: next })}
            />
          </>
        )}
      </div>
    </>
  );
}

function ProjectLine({
  organizationKey,
  project,
  index,
}: {
  organizationKey: string;
  project: ProjectRow;
  index: number;
}) {
  return (
    <TableRow aria-rowindex={index + 2}>
      <Cell className="max-w-md truncate">
        <span className="flex items-center gap-2">
          <Link
            className="truncate rounded-sm font-medium hover:underline"
            href={pages.project(organizationKey, project.id)}
            prefetch={false}
          >
            {project.name}
          </Link>
          {project.problem ? <Badge tone="warning">Not read</Badge> : null}
        </span>
      </Cell>
      <Cell className="font-mono text-ink-muted">{project.id}</Cell>
      <Cell>{regionNames[project.region]}</Cell>
      <Cell align="end">{project.memberCount.toLocaleString("en")}</Cell>
      <Cell className="text-ink-muted">{project.organizationGrantCount.toLocaleString("en")}</Cell>
    </TableRow>
  );
}
