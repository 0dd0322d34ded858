"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { AssignDialog } from "@/components/memberships/assign-dialog";
import { RemoveDialog } from "@/components/memberships/remove-dialog";
import { useOperator } from "@/components/operator/operator-provider";
import { DeleteDialog } from "@/components/service-accounts/delete-dialog";
import { Button } from "@/components/ui/button";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { reconcileOperation } from "@/lib/api-client/operations";
import { queryKeys } from "@/lib/api-client/query-keys";
import { assignInputSchema, type OperationView, removeInputSchema } from "@/lib/domain/change";
import { hasPermission } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import { pages } from "@/lib/paths/paths";
import { OpenSecret } from "./open-secret";

type NextStepProps = { organizationKey: string; operation: OperationView; apiBases: ApiBases };

/** The one safe thing to do next, as a button. */
export function NextStep({ organizationKey, operation: latest, apiBases }: NextStepProps) {
  const { role } = useOperator();
  // What was begun stays until its dialog is closed: done, it is no longer the next step, but its results are unread.
  const [begun, setBegun] = useState<OperationView | null>(null);
  const operation = begun ?? latest;
  const dialog = { open: begun !== null, setOpen: (open: boolean) => setBegun(open ? operation : null) };
  switch (operation.nextStep) {
    case "reconcile":
      return hasPermission(role, "operation:reconcile") ? (
        <Reconcile organizationKey={organizationKey} operationId={operation.id} />
      ) : null;
    case "delete_and_create_again":
      return operation.accountId !== null && hasPermission(role, "account:create") ? (
        <DeleteAndCreate
          organizationKey={organizationKey}
          operation={operation}
          accountId={operation.accountId}
          dialog={dialog}
        />
      ) : null;
    case "finish_the_rest":
    case "retry":
      return hasPermission(role, "membership:assign") ? (
        <Repeat organizationKey={organizationKey} operation={operation} dialog={dialog} />
      ) : null;
    case "open_secret":
      return operation.accountId !== null ? (
        <OpenSecret organizationKey={organizationKey} accountId={operation.accountId} apiBases={apiBases} />
      ) : null;
    case "none":
      return null;
  }
}

function Reconcile({ organizationKey, operationId }: { organizationKey: string; operationId: string }) {
  const client = useQueryClient();
  const reconcile = useMutation({
    mutationFn: () => reconcileOperation(organizationKey, operationId, newIdempotencyKey()),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) }),
  });
  return (
    <div className="grid gap-2">
      <div>
        <Button variant="primary" loading={reconcile.isPending} onClick={() => reconcile.mutate()}>
          Check what happened
        </Button>
        <span className="ml-2 text-ink-muted text-sm">Reads Mixpanel; sends no change.</span>
      </div>
      {reconcile.error ? <FailurePanel error={reconcile.error} changed="Nothing was changed by checking." /> : null}
    </div>
  );
}

type RepeatProps = {
  organizationKey: string;
  operation: OperationView;
  dialog: { open: boolean; setOpen: (open: boolean) => void };
};

function DeleteAndCreate({ organizationKey, operation, accountId, dialog }: RepeatProps & { accountId: number }) {
  const router = useRouter();
  const { open, setOpen } = dialog;
  return (
    <div>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Delete it and create again
      </Button>
      {open ? (
        <DeleteDialog
          organizationKey={organizationKey}
          accountIds={[accountId]}
          onClose={() => setOpen(false)}
          onDeleted={() => router.push(`${pages.createServiceAccount(organizationKey)}?operation=${operation.id}`)}
        />
      ) : null}
    </div>
  );
}

/** What is missing, filled in again; the dialog says what it will touch before anything is sent. */
function Repeat({ organizationKey, operation, dialog: { open, setOpen } }: RepeatProps) {
  const router = useRouter();
  const assign = operation.kind === "assign" ? assignInputSchema.safeParse(operation.input) : null;
  const remove = operation.kind === "remove" ? removeInputSchema.safeParse(operation.input) : null;
  const close = () => setOpen(false);
  function begin() {
    if (operation.kind === "create") {
      router.push(`${pages.createServiceAccount(organizationKey)}?operation=${operation.id}`);
    } else setOpen(true);
  }
  return (
    <div>
      <Button variant="primary" onClick={begin}>
        {operation.nextStep === "retry" ? "Try again" : "Finish the rest"}
      </Button>
      {open && assign?.success ? (
        <AssignDialog organizationKey={organizationKey} {...assign.data} onClose={close} />
      ) : null}
      {open && remove?.success ? (
        <RemoveDialog organizationKey={organizationKey} {...remove.data} onClose={close} />
      ) : null}
      {open && operation.kind === "delete" && operation.accountId !== null ? (
        <DeleteDialog
          organizationKey={organizationKey}
          accountIds={[operation.accountId]}
          onClose={close}
          onDeleted={close}
        />
      ) : null}
    </div>
  );
}
