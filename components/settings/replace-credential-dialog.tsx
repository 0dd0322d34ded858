"use client";

import { type FormEvent, useId, useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { CredentialFields, emptyCredential, problemsOf } from "@/components/organizations/credential-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { replaceCredential } from "@/lib/api-client/organizations";
import type { CredentialDialogProps } from "./credential-dialog";

/** Another credential of the same organization, tried before it takes the place of the one in use. */
export function ReplaceCredentialDialog({ organization: { key, name }, view, onClose }: CredentialDialogProps) {
  const [credential, setCredential] = useState(emptyCredential);
  const [asked, setAsked] = useState(false);
  const formId = useId();
  const toast = useToast();
  // The credential is taken from here, not from the variables of the mutation, which a cache would keep.
  const replace = useChange(key, (_: null, idempotencyKey) => replaceCredential(key, credential, idempotencyKey));

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (problemsOf(credential) !== null || replace.isPending) return;
    replace.mutate(null, {
      onSuccess: (answer) => {
        toast.show({ title: `${name} is reached with ${answer.username} now.` });
        onClose();
      },
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !replace.isPending && onClose()}
      dismissible={!replace.isPending}
      title={`Replace the credential of ${name}`}
      description={`It is tried first, and has to be an owner or admin of the same organization. ${view.username} is left as it is at Mixpanel.`}
      footer={
        <>
          <Button onClick={onClose} disabledReason={replace.isPending ? "Wait until this is done." : undefined}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" loading={replace.isPending}>
            Try and replace
          </Button>
        </>
      }
    >
      <form id={formId} className="grid gap-4" onSubmit={submit} autoComplete="off" noValidate>
        <CredentialFields
          value={credential}
          onChange={setCredential}
          problems={asked ? problemsOf(credential) : null}
        />
        {replace.error ? (
          <ChangeFailure error={replace.error} changed="The credential in use was not touched." />
        ) : null}
      </form>
    </Dialog>
  );
}
