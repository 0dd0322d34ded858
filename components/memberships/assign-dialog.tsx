"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { Notice } from "@/components/ui/notice";
import { assignMemberships } from "@/lib/api-client/memberships";
import { accountSelectionQuery } from "@/lib/api-client/service-accounts";
import type { AssignInput } from "@/lib/domain/change";
import { grantableRoles } from "@/lib/domain/operator";
import { type ProjectGrant, ProjectPicker } from "./project-picker";

type AssignDialogProps = {
  organizationKey: string;
  accountIds: number[];
  onClose: () => void;
  /** Chosen from the start, for "Finish the rest" and for a project's own page. */
  projects?: ProjectGrant[];
};

/** Gives one or many accounts a role in one or many projects; says what will happen, then what did. */
export function AssignDialog({ organizationKey, accountIds, onClose, projects: initial = [] }: AssignDialogProps) {
  const { role } = useOperator();
  const [projects, setProjects] = useState<ProjectGrant[]>(initial);
  const selection = useQuery(accountSelectionQuery(organizationKey, accountIds));
  const assign = useChange(organizationKey, (input: AssignInput, key) =>
    assignMemberships(organizationKey, input, key),
  );
  const results = assign.data?.results;
  const unfinished = results?.filter(({ outcome }) => outcome === "failed") ?? [];
  const first = selection.data?.accounts[0]?.name;
  const who = accountIds.length === 1 && first ? first : counted(accountIds.length, "service account");

  function finishTheRest() {
    const missing = new Set(unfinished.map(({ projectId }) => projectId));
    const rest = projects.filter(({ id }) => missing.has(id));
    const ids = [...new Set(unfinished.map(({ accountId }) => accountId))].filter((id) => id !== null);
    assign.mutate({ accountIds: ids, projects: rest });
  }

  return (
    <ChangeDialog
      title={`Assign ${who} to projects`}
      description="Each project gets its own role. An account that is already a member gets the new role instead of its own."
      pending={assign.isPending}
      results={results}
      onClose={onClose}
      resultAction={
        unfinished.length > 0 ? (
          <Button loading={assign.isPending} onClick={finishTheRest}>
            Finish the rest
          </Button>
        ) : null
      }
      action={
        <Button
          variant="primary"
          loading={assign.isPending}
          disabledReason={projects.length === 0 ? "Choose at least one project." : undefined}
          onClick={() => assign.mutate({ accountIds, projects })}
        >
          Assign to {counted(projects.length, "project")}
        </Button>
      }
    >
      <div className="grid gap-4">
        <ProjectPicker
          organizationKey={organizationKey}
          label="Projects"
          value={projects}
          onChange={setProjects}
          roles={grantableRoles(role)}
          defaultRole="consumer"
        />
        {projects.length > 0 ? (
          <Notice tone="notice" title={`${counted(accountIds.length * projects.length, "membership")} will be set.`}>
            {counted(accountIds.length, "service account")} in {counted(projects.length, "project")}. Access through a
            team or the organization stays as it is.
          </Notice>
        ) : null}
        {assign.error ? <ChangeFailure error={assign.error} changed="No access was changed." /> : null}
      </div>
    </ChangeDialog>
  );
}
