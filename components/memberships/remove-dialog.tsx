"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { counted } from "@/components/ui/counted";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { removeMemberships } from "@/lib/api-client/memberships";
import { accountSelectionQuery } from "@/lib/api-client/service-accounts";
import type { RemoveInput } from "@/lib/domain/change";
import type { AccountSelection } from "@/lib/domain/inventory-view";
import { isRemovable } from "@/lib/domain/membership";

type RemoveDialogProps = {
  organizationKey: string;
  accountIds: number[];
  onClose: () => void;
  /** Ticked from the start. */
  projectIds?: number[];
};

/** Takes accounts out of projects; only individual grants can go, and each row that stays says why. */
export function RemoveDialog({ organizationKey, accountIds, onClose, projectIds = [] }: RemoveDialogProps) {
  const [chosen, setChosen] = useState(new Set(projectIds));
  const selection = useQuery(accountSelectionQuery(organizationKey, accountIds));
  const remove = useChange(organizationKey, (input: RemoveInput, key) =>
    removeMemberships(organizationKey, input, key),
  );
  const projects = selection.data ? projectsOf(selection.data) : [];
  const touched = projects.filter(({ id }) => chosen.has(id)).reduce((sum, project) => sum + project.removable, 0);

  function toggle(id: number, add: boolean) {
    const next = new Set(chosen);
    if (add) next.add(id);
    else next.delete(id);
    setChosen(next);
  }

  return (
    <ChangeDialog
      title={`Remove ${counted(accountIds.length, "service account")} from projects`}
      description="Whatever uses an account in a project loses that project's data at once. Assigning it again restores the access."
      pending={remove.isPending}
      results={remove.data?.results}
      onClose={onClose}
      action={
        <Button
          variant="danger"
          loading={remove.isPending}
          disabledReason={touched === 0 ? "Choose at least one project with an individual grant." : undefined}
          onClick={() => remove.mutate({ accountIds, projectIds: [...chosen] })}
        >
          Remove {counted(touched, "membership")}
        </Button>
      }
    >
      {selection.error ? (
        <FailurePanel error={selection.error} onRetry={() => selection.refetch()} />
      ) : selection.isPending ? (
        <Skeleton className="h-40" />
      ) : (
        <div className="grid gap-4">
          {projects.length === 0 ? <p>None of these service accounts is in a project.</p> : null}
          <ul className="grid max-h-[40dvh] gap-2 overflow-y-auto" aria-label="Projects">
            {projects.map(({ id, name, removable, fixed }) => (
              <li key={id}>
                <Checkbox
                  label={name}
                  description={[
                    removable > 0 ? `${counted(removable, "individual grant")} will go` : "",
                    fixed > 0
                      ? `${counted(fixed, "grant")} through a team or the organization: change it in Mixpanel`
                      : "",
                  ]
                    .filter(Boolean)
                    .join("; ")}
                  checked={chosen.has(id)}
                  disabled={removable === 0}
                  onCheckedChange={(add) => toggle(id, add)}
                />
              </li>
            ))}
          </ul>
          {touched > 0 ? <Notice tone="warning" title={`${counted(touched, "membership")} will be removed.`} /> : null}
          {remove.error ? <ChangeFailure error={remove.error} changed="No access was changed." /> : null}
        </div>
      )}
    </ChangeDialog>
  );
}

function projectsOf({ memberships }: AccountSelection) {
  const projects = new Map<number, { id: number; name: string; removable: number; fixed: number }>();
  for (const { projectId, projectName, grant } of memberships) {
    const project = projects.get(projectId) ?? { id: projectId, name: projectName, removable: 0, fixed: 0 };
    if (isRemovable(grant)) project.removable += 1;
    else project.fixed += 1;
    projects.set(projectId, project);
  }
  return [...projects.values()].sort((left, right) => left.name.localeCompare(right.name));
}
