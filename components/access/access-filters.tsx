"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { FilterMenu } from "@/components/service-accounts/filter-menu";
import { grantPhrase } from "@/components/service-accounts/role-label";
import { Button } from "@/components/ui/button";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { PausedSearch } from "@/components/ui/paused-search";
import { Select } from "@/components/ui/select";
import { projectsQuery } from "@/lib/api-client/projects";
import { FILTER_MAX, projectQuerySchema } from "@/lib/domain/list-query";
import type { AccessState } from "./use-access-state";

const allProjects = projectQuerySchema.parse({ size: 1000 });
const sortOptions = [
  { value: "name" as const, label: "By name" },
  { value: "role" as const, label: "Strongest role first" },
  { value: "projects" as const, label: "Most projects first" },
];

type AccessFiltersProps = { organizationKey: string; state: AccessState; roles: string[]; grants: string[] };

/** Which rows and columns are shown; every change goes into the address and back to the first page. */
export function AccessFilters({ organizationKey, state, roles, grants }: AccessFiltersProps) {
  const { query, filtered, clear, setState } = state;
  const projects = useQuery(projectsQuery(organizationKey, allProjects));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <PausedSearch
        className="w-full sm:w-72"
        label="Search service accounts"
        placeholder="Name, username or creator"
        shortcut="/"
        value={query.search}
        onValueChange={(search) => setState({ search: search || null, page: null })}
      />
      <FilterMenu
        label="Role"
        options={roles.map((role) => ({ value: role, label: role }))}
        values={query.role}
        onChange={(role) => setState({ role: role.slice(0, FILTER_MAX), page: null })}
      />
      <FilterMenu
        label="Grant"
        options={grants.map((grant) => ({ value: grant, label: grantPhrase(grant) }))}
        values={query.grant}
        onChange={(grant) => setState({ grant: grant.slice(0, FILTER_MAX), page: null })}
      />
      <MultiCombobox
        label="Projects"
        className="w-full sm:w-auto sm:min-w-52 sm:max-w-md"
        placeholder="All projects"
        emptyText="No project matches."
        maxChips={3}
        options={(projects.data?.rows ?? []).map(({ id, name }) => ({
          value: String(id),
          label: name,
          description: String(id),
        }))}
        values={query.project.map(String)}
        onValuesChange={(ids) => setState({ project: ids.slice(0, FILTER_MAX).map(Number), page: null })}
      />
      {filtered ? (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={clear}>
          Clear filters
        </Button>
      ) : null}
      <Select
        label="Order of the rows"
        className="sm:ml-auto"
        options={sortOptions}
        value={query.sort}
        onValueChange={(sort) => setState({ sort, page: null })}
      />
    </div>
  );
}
