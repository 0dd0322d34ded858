"use client";

import { type FormEvent, useId, useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CredentialFields, emptyCredential, problemsOf } from "./credential-fields";
import { KeepOrganizationDialog } from "./keep-organization-dialog";
import { usePreview } from "./use-preview";

/** Two steps: paste a credential, see what it was found to be, keep it. Nothing is stored before the second. */
export function AddOrganizationDialog({ onClose }: { onClose: () => void }) {
  const [credential, setCredential] = useState(emptyCredential);
  const [asked, setAsked] = useState(false);
  const [chosenId, setChosenId] = useState<number | null>(null);
  const formId = useId();
  const { preview, ...trying } = usePreview();
  const problems = asked ? problemsOf(credential) : null;
  const found = preview?.organizations ?? [];
  const chosen = found.find(({ mixpanelId }) => mixpanelId === chosenId) ?? found[0];

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (problemsOf(credential) === null) void trying.run(credential);
  }

  if (chosen) {
    return (
      <KeepOrganizationDialog
        credential={credential}
        found={found}
        chosen={chosen}
        onChoose={setChosenId}
        onBack={trying.forget}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add an organization"
      description="Paste a service account that is an owner or admin of it. It is tried first: region, organization and role are found by asking Mixpanel."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={trying.isPending}>
            Try it
          </Button>
        </>
      }
    >
      <form id={formId} className="grid gap-4" onSubmit={submit} autoComplete="off" noValidate>
        <CredentialFields value={credential} onChange={setCredential} problems={problems} />
        {trying.error ? <ChangeFailure error={trying.error} changed="Nothing was kept." /> : null}
      </form>
    </Dialog>
  );
}
