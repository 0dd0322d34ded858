"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { removeOrganization } from "@/lib/api-client/organizations";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { CredentialDialogProps } from "./credential-dialog";

/** Forgets an organization here; at Mixpanel nothing changes. */
export function RemoveOrganizationDialog({ organization: { key, name }, view, onClose }: CredentialDialogProps) {
  const [typed, setTyped] = useState("");
  const toast = useToast();
  const client = useQueryClient();
  const remove = useChange("", (confirmation: string, idempotencyKey) =>
    removeOrganization(key, confirmation, idempotencyKey),
  );
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${name} from this console?`}
      description={`Its credential and its inventory are forgotten; the audit record stays. Nothing changes at Mixpanel: ${view.username} goes on existing there.`}
      confirmLabel="Remove organization"
      danger
      busy={remove.isPending}
      disabledReason={typed.trim() === name.trim() ? undefined : `Type ${name} first.`}
      onConfirm={() =>
        remove.mutate(typed, {
          onSuccess: async () => {
            await client.invalidateQueries({ queryKey: queryKeys.organizations, exact: true });
            toast.show({ title: `${name} was removed.` });
            onClose();
          },
        })
      }
    >
      <div className="grid gap-4">
        <Field
          label={
            <>
              Type <code className="select-all break-all font-mono">{name}</code> to confirm
            </>
          }
        >
          <Input autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {remove.error ? <ChangeFailure error={remove.error} changed="Nothing was removed." /> : null}
      </div>
    </AlertDialog>
  );
}
