"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { PausedSearch } from "@/components/ui/paused-search";
import { projectsQuery } from "@/lib/api-client/projects";
import type { AccountPage } from "@/lib/domain/inventory-view";
import { NO_OWNER, projectQuerySchema } from "@/lib/domain/list-query";
import { expiryStates } from "@/lib/domain/service-account";
import { ColumnMenu } from "./column-menu";
import { expiryLooks } from "./expiry-badge";
import { FilterMenu } from "./filter-menu";
import { type AccountQueryState, clearFilters, isFiltered } from "./use-account-query";

const allProjects = projectQuerySchema.parse({ size: 1000 });
const expiryOptions = expiryStates.map((value) => ({ value, label: expiryLooks[value].word }));
const usageOptions = [
  { value: "never_used" as const, label: "Never used" },
  { value: "unused_90" as const, label: "Unused for 90 days" },
  { value: "silent" as const, label: "Silent beyond its rhythm" },
];

const rotationOptions = [
  { value: "0", label: "Should have started" },
  { value: "7", label: "Start within 7 days" },
  { value: "30", label: "Start within 30 days" },
];

type AccountFiltersProps = {
  organizationKey: string;
  state: AccountQueryState;
  /** What occurs in the organization. */
  offered: Pick<AccountPage, "roles" | "owners" | "tags"> | undefined;
};

/** Search and filters of the list; every change goes into the address and back to the first page. */
export function AccountFilters({ organizationKey, state, offered }: AccountFiltersProps) {
  const { query, setState } = state;
  const { roles = [], owners = [], tags = [] } = offered ?? {};
  const projects = useQuery(projectsQuery(organizationKey, allProjects));
  const projectOptions = (projects.data?.rows ?? []).map(({ id, name }) => ({
    value: String(id),
    label: name,
    description: String(id),
  }));
  return (
    <div className="flex flex-wrap items-center gap-2" data-tour="filters">
      <div data-tour="search" className="w-full sm:w-56">
        <PausedSearch
          label="Search service accounts"
          placeholder="Name, creator, owner, purpose, tag"
          shortcut="/"
          value={query.search}
          onValueChange={(search) => setState({ search: search || null, page: null })}
        />
      </div>
      <FilterMenu
        label="Expiry"
        options={expiryOptions}
        values={query.expiry}
        onChange={(expiry) => setState({ expiry, page: null })}
      />
      <FilterMenu
        label="Role"
        options={roles.map((role) => ({ value: role, label: role }))}
        values={query.role}
        onChange={(role) => setState({ role, page: null })}
      />
      <FilterMenu
        label="Use"
        options={usageOptions}
        values={query.usage}
        onChange={(usage) => setState({ usage, page: null })}
      />
      <FilterMenu
        label="Rotation"
        options={rotationOptions}
        values={query.rotation === undefined ? [] : [String(query.rotation)]}
        onChange={(chosen) => setState({ rotation: chosen.length > 0 ? Number(chosen.at(-1)) : null, page: null })}
      />
      {tags.length > 0 || query.tag.length > 0 ? (
        <FilterMenu
          label="Tag"
          options={[...new Set([...tags, ...query.tag])].map((tag) => ({ value: tag, label: tag }))}
          values={query.tag}
          onChange={(tag) => setState({ tag, page: null })}
        />
      ) : null}
      <FilterMenu
        label="Access"
        options={[{ value: "none" as const, label: "In no project" }]}
        values={query.projects ? [query.projects] : []}
        onChange={([projects = null]) => setState({ projects, page: null })}
      />
      <Combobox
        label="Project"
        placeholder="Any project"
        className="w-40"
        options={projectOptions}
        value={query.project ? String(query.project) : null}
        onValueChange={(project) => setState({ project: project ? Number(project) : null, page: null })}
      />
      <Combobox
        label="Owner"
        placeholder="Any owner"
        className="w-40"
        options={[
          { value: NO_OWNER, label: "Nobody recorded" },
          ...owners.map((owner) => ({ value: owner, label: owner })),
        ]}
        value={query.owner ?? null}
        onValueChange={(owner) => setState({ owner, page: null })}
      />
      {isFiltered(query) ? (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={() => clearFilters(state)}>
          Clear filters
        </Button>
      ) : null}
      <ColumnMenu state={state} />
    </div>
  );
}
