"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { roleOptions } from "@/components/memberships/role-options";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { counted } from "@/components/ui/counted";
import { FieldGroup } from "@/components/ui/field-group";
import { RadioGroup } from "@/components/ui/radio-group";
import { SearchInput } from "@/components/ui/search-input";
import { assignMemberships } from "@/lib/api-client/memberships";
import { serviceAccountsQuery } from "@/lib/api-client/service-accounts";
import type { AssignInput } from "@/lib/domain/change";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { grantableRoles } from "@/lib/domain/operator";
import type { WritableRole } from "@/lib/domain/role";

type AddMembersDialogProps = { organizationKey: string; projectId: number; onClose: () => void };

/** Brings accounts into one project, found by the same search as the list. */
export function AddMembersDialog({ organizationKey, projectId, onClose }: AddMembersDialogProps) {
  const { role } = useOperator();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(new Map<number, string>());
  const [grantedRole, setGrantedRole] = useState<WritableRole>("consumer");
  const accounts = useQuery(serviceAccountsQuery(organizationKey, accountQuerySchema.parse({ search, sort: "name" })));
  const assign = useChange(organizationKey, (input: AssignInput, key) =>
    assignMemberships(organizationKey, input, key),
  );

  function toggle(id: number, name: string, add: boolean) {
    const next = new Map(chosen);
    if (add) next.set(id, name);
    else next.delete(id);
    setChosen(next);
  }

  return (
    <ChangeDialog
      title="Add service accounts to this project"
      pending={assign.isPending}
      results={assign.data?.results}
      onClose={onClose}
      action={
        <Button
          variant="primary"
          loading={assign.isPending}
          disabledReason={chosen.size === 0 ? "Choose at least one service account." : undefined}
          onClick={() =>
            assign.mutate({ accountIds: [...chosen.keys()], projects: [{ id: projectId, role: grantedRole }] })
          }
        >
          Add {counted(chosen.size, "service account")} as {grantedRole}
        </Button>
      }
    >
      <div className="grid gap-4">
        <SearchInput
          label="Find service accounts"
          placeholder="Name, username or creator"
          value={search}
          onValueChange={setSearch}
        />
        <ul className="grid max-h-64 gap-2 overflow-y-auto" aria-label="Service accounts">
          {accounts.data?.rows.map(({ id, name, suffix }) => (
            <li key={id}>
              <Checkbox
                label={name}
                description={suffix}
                checked={chosen.has(id)}
                onCheckedChange={(add) => toggle(id, name, add)}
              />
            </li>
          ))}
        </ul>
        {accounts.data && accounts.data.total > accounts.data.rows.length ? (
          <p className="text-ink-muted text-sm">
            The first {accounts.data.rows.length} of {accounts.data.total}: search to see others.
          </p>
        ) : null}
        <FieldGroup legend="Role in this project">
          <RadioGroup options={roleOptions(grantableRoles(role))} value={grantedRole} onValueChange={setGrantedRole} />
        </FieldGroup>
        {assign.error ? <ChangeFailure error={assign.error} changed="No access was changed." /> : null}
      </div>
    </ChangeDialog>
  );
}
