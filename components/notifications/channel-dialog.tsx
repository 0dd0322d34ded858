"use client";

import { type FormEvent, useId, useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { addChannel, changeChannel } from "@/lib/api-client/notifications";
import type { ChannelKind, ChannelView } from "@/lib/domain/notification-channel";
import { ChannelFields } from "./channel-fields";
import { emptyForm, formOf, kindNames, readChange, readNew, serverProblems } from "./channel-form";
import { SigningSecretDialog } from "./signing-secret-dialog";

type ChannelDialogProps = {
  organizationKey: string;
  /** A kind makes a new channel, a channel is changed. */
  subject: ChannelKind | ChannelView;
  onClose: () => void;
};

export function ChannelDialog({ organizationKey, subject, onClose }: ChannelDialogProps) {
  const stored = typeof subject === "string" ? null : subject;
  const [form, setForm] = useState(() => (typeof subject === "string" ? emptyForm(subject) : formOf(subject)));
  const [asked, setAsked] = useState(false);
  // The secret lives here and nowhere else: the answer is taken apart before a cache could keep it.
  const [secret, setSecret] = useState<string | null>(null);
  const formId = useId();
  const read = stored ? readChange(form) : readNew(form);
  // The address is taken from here, not from the variables of the mutation, which a cache would keep.
  const save = useChange(organizationKey, async (_: null, idempotencyKey) => {
    const saved = await send(idempotencyKey);
    setSecret(saved?.secret ?? null);
    return saved?.secret == null;
  });

  function send(idempotencyKey: string) {
    const change = readChange(form);
    const fresh = readNew(form);
    if (stored && "input" in change) return changeChannel(organizationKey, stored.id, change.input, idempotencyKey);
    if (!stored && "input" in fresh) return addChannel(organizationKey, fresh.input, idempotencyKey);
    return null;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if ("problems" in read || save.isPending) return;
    save.mutate(null, { onSuccess: (isDone) => isDone && onClose() });
  }

  if (secret !== null) return <SigningSecretDialog name={form.name} secret={secret} onClose={onClose} />;
  const problems = { ...serverProblems(save.error), ...(asked && "problems" in read ? read.problems : {}) };
  const kind = kindNames[form.kind];
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && !save.isPending && onClose()}
      dismissible={!save.isPending}
      title={stored ? `Change ${stored.name}` : `Add a channel: ${kind}`}
      footer={
        <>
          <Button onClick={onClose} disabledReason={save.isPending ? "Wait until this is done." : undefined}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" loading={save.isPending}>
            {stored ? "Save" : "Add channel"}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} autoComplete="off" noValidate>
        <ChannelFields form={form} stored={stored !== null} problems={problems} onChange={setForm} />
        {save.error ? <ChangeFailure error={save.error} changed="Nothing was saved." /> : null}
      </form>
    </Dialog>
  );
}
