"use client";

import { useQuery } from "@tanstack/react-query";
import { Columns3, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Menu } from "@/components/ui/menu";
import { MenuCheckboxItem } from "@/components/ui/menu-item";
import { PausedSearch } from "@/components/ui/paused-search";
import { projectsQuery } from "@/lib/api-client/projects";
import { projectQuerySchema } from "@/lib/domain/list-query";
import { expiryStates } from "@/lib/domain/service-account";
import { columnHeads } from "./account-columns";
import { expiryLooks } from "./expiry-badge";
import { FilterMenu } from "./filter-menu";
import { type AccountQueryState, clearFilters, isFiltered, optionalColumns } from "./use-account-query";

const allProjects = projectQuerySchema.parse({ size: 1000 });
const expiryOptions = expiryStates.map((value) => ({ value, label: expiryLooks[value].word }));
const usageOptions = [
  { value: "never_used" as const, label: "Never used" },
  { value: "unused_90" as const, label: "Unused for 90 days" },
];

type AccountFiltersProps = { organizationKey: string; state: AccountQueryState; roles: string[] };

/** Search and filters of the list; every change goes into the address and back to the first page. */
export function AccountFilters({ organizationKey, state, roles }: AccountFiltersProps) {
  const { query, hidden, setState } = state;
  const projects = useQuery(projectsQuery(organizationKey, allProjects));
  const projectOptions = (projects.data?.rows ?? []).map(({ id, name }) => ({
    value: String(id),
    label: name,
    description: String(id),
  }));
  return (
    <div className="flex flex-wrap items-center gap-2" data-tour="filters">
      <div data-tour="search" className="w-full sm:w-72">
        <PausedSearch
          label="Search service accounts"
          placeholder="Name, username or creator"
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
        label="Access"
        options={[{ value: "none" as const, label: "In no project" }]}
        values={query.projects ? [query.projects] : []}
        onChange={([projects = null]) => setState({ projects, page: null })}
      />
      <Combobox
        label="Project"
        placeholder="Any project"
        className="w-52"
        options={projectOptions}
        value={query.project ? String(query.project) : null}
        onValueChange={(project) => setState({ project: project ? Number(project) : null, page: null })}
      />
      {isFiltered(query) ? (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={() => clearFilters(state)}>
          Clear filters
        </Button>
      ) : null}
      <Menu
        align="end"
        trigger={
          <Button variant="ghost" icon={<Columns3 aria-hidden />} className="ml-auto">
            Columns
          </Button>
        }
      >
        {optionalColumns.map((id) => (
          <MenuCheckboxItem
            key={id}
            checked={!hidden.includes(id)}
            onCheckedChange={(shown) =>
              setState({ hidden: shown ? hidden.filter((other) => other !== id) : [...hidden, id] })
            }
          >
            {columnHeads[id]?.title}
          </MenuCheckboxItem>
        ))}
      </Menu>
    </div>
  );
}
