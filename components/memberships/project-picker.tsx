"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { Select } from "@/components/ui/select";
import { projectsQuery } from "@/lib/api-client/projects";
import { projectQuerySchema } from "@/lib/domain/list-query";
import { regionNames } from "@/lib/domain/region";
import type { WritableRole } from "@/lib/domain/role";
import { roleOptions } from "./role-options";

export type ProjectGrant = { id: number; role: WritableRole };

type ProjectPickerProps = {
  organizationKey: string;
  value: ProjectGrant[];
  onChange: (value: ProjectGrant[]) => void;
  /** Roles this operator may grant. */
  roles: readonly WritableRole[];
  /** Given to a project when it is chosen. */
  defaultRole: WritableRole;
  label: string;
};

const allProjects = projectQuerySchema.parse({ size: 1000 });

/** Projects, each with its role. */
export function ProjectPicker({ organizationKey, value, onChange, roles, defaultRole, label }: ProjectPickerProps) {
  const { data, isPending } = useQuery(projectsQuery(organizationKey, allProjects));
  const projects = data?.rows ?? [];
  const nameOf = (id: number) => projects.find((project) => project.id === id)?.name ?? `Project ${id}`;
  const roleOf = (id: number) => value.find((grant) => grant.id === id)?.role ?? defaultRole;
  return (
    <div className="grid gap-2">
      <MultiCombobox
        label={label}
        placeholder={isPending ? "Reading the projects…" : "Type to find a project…"}
        emptyText="No project matches."
        maxChips={0}
        options={projects.map(({ id, name, region }) => ({
          value: String(id),
          label: name,
          description: `${id} · ${regionNames[region]}`,
        }))}
        values={value.map(({ id }) => String(id))}
        onValuesChange={(ids) => onChange(ids.map((id) => ({ id: Number(id), role: roleOf(Number(id)) })))}
      />
      {value.length > 0 ? (
        <ul className="grid max-h-64 gap-1 overflow-y-auto" aria-label="Chosen projects">
          {value.map(({ id, role }) => (
            <li key={id} className="flex items-center gap-2 rounded-md border border-line px-2 py-1">
              <span className="min-w-0 flex-1 truncate">{nameOf(id)}</span>
              <Select
                size="sm"
                label={`Role in ${nameOf(id)}`}
                options={roleOptions(roles)}
                value={role}
                onValueChange={(next) => onChange(value.map((grant) => (grant.id === id ? { id, role: next } : grant)))}
              />
              <IconButton
                size="sm"
                label={`Take ${nameOf(id)} off`}
                icon={<X aria-hidden />}
                onClick={() => onChange(value.filter((grant) => grant.id !== id))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
