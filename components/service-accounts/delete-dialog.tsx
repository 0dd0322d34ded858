"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useNow } from "@/components/ui/now-provider";
import { Skeleton } from "@/components/ui/skeleton";
import { accountSelectionQuery, deleteServiceAccounts } from "@/lib/api-client/service-accounts";
import type { DeleteInput } from "@/lib/domain/change";
import { requiredConfirmation } from "@/lib/domain/deletion";
import { DeleteConsequences } from "./delete-consequences";

type DeleteDialogProps = {
  organizationKey: string;
  accountIds: number[];
  onClose: () => void;
  /** Called when the dialog closes after at least one account is gone. */
  onDeleted: () => void;
};

/** Says what will stop working, asks for the name where that is likely, deletes, and tells what came of each. */
export function DeleteDialog({ organizationKey, accountIds, onClose, onDeleted }: DeleteDialogProps) {
  const now = new Date(useNow());
  const [confirmation, setConfirmation] = useState("");
  // Held from the moment of opening: deleting takes the rows away while the results are still being read.
  const selection = useQuery({
    ...accountSelectionQuery(organizationKey, accountIds),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const remove = useChange(organizationKey, (input: DeleteInput, key) =>
    deleteServiceAccounts(organizationKey, input, key),
  );
  const results = remove.data?.results;
  const accounts = selection.data?.accounts ?? [];
  const expected = selection.data ? requiredConfirmation(accounts, now) : null;
  const own = accounts.some((account) => account.own);
  const title =
    accountIds.length === 1
      ? `Delete ${accounts[0]?.name ?? "this service account"}?`
      : `Delete ${counted(accountIds.length, "service account")}?`;

  function close() {
    if (results?.some(({ outcome }) => outcome === "done" || outcome === "already")) onDeleted();
    onClose();
  }
  const blocked = own
    ? "This is the credential the console itself uses."
    : expected !== null && confirmation.trim() !== expected
      ? `Type ${expected} first.`
      : undefined;

  return (
    <ChangeDialog
      title={title}
      description="This cannot be undone. Mixpanel keeps no copy and the secret stops working at once."
      pending={remove.isPending}
      results={results}
      onClose={close}
      cancelLabel="Keep"
      action={
        <Button
          variant="danger"
          loading={remove.isPending}
          disabledReason={selection.data ? blocked : "Wait until it is known what this touches."}
          onClick={() => remove.mutate({ accountIds, confirmation: confirmation.trim() })}
        >
          Delete {counted(accountIds.length, "service account")}
        </Button>
      }
    >
      {selection.error ? (
        <FailurePanel error={selection.error} onRetry={() => selection.refetch()} />
      ) : selection.data ? (
        <div className="grid gap-4">
          <DeleteConsequences selection={selection.data} now={now} />
          {expected !== null && !own ? (
            <Field
              label={
                <>
                  Type <code className="select-all break-all font-mono">{expected}</code> to confirm
                </>
              }
            >
              <Input
                mono
                autoComplete="off"
                value={confirmation}
                onChange={(event) => setConfirmation(event.target.value)}
              />
            </Field>
          ) : null}
          {remove.error ? <ChangeFailure error={remove.error} changed="Nothing was deleted." /> : null}
        </div>
      ) : (
        <Skeleton className="h-40" />
      )}
    </ChangeDialog>
  );
}
