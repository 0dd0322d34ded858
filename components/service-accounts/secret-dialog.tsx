"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { copyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Tabs } from "@/components/ui/tabs";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { confirmSecret } from "@/lib/api-client/operations";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { CreatedAnswer } from "@/lib/domain/change";
import { type ApiBases, apiBaseOf } from "@/lib/domain/region";
import { secretLines } from "@/lib/domain/secret-lines";
import { SecretValue } from "./secret-value";
import { TrySecret } from "./try-secret";

type SecretDialogProps = {
  organizationKey: string;
  created: CreatedAnswer;
  apiBases: ApiBases;
  /** Lists refresh when it closes, not before. */
  onClose: () => void;
};

/** Hands the secret over. It lives in this component's props and nowhere else; closing without copying is asked about. */
export function SecretDialog({ organizationKey, created, apiBases, onClose }: SecretDialogProps) {
  const client = useQueryClient();
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const [copyFailed, setCopyFailed] = useState(false);
  const copyButton = useRef<HTMLButtonElement>(null);
  const { account, secret, operationId } = created;

  useEffect(() => {
    if (copied || secret === null) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", guard);
    return () => removeEventListener("beforeunload", guard);
  }, [copied, secret]);

  async function close(confirmed: boolean) {
    // The sealed copy is purged when somebody holds the secret; if this fails it goes by itself after ten minutes.
    if (confirmed) await confirmSecret(organizationKey, operationId, newIdempotencyKey()).catch(() => undefined);
    onClose();
    await client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) });
  }

  async function copyAndClose() {
    if (secret === null || !copyButton.current) return;
    const done = await copyText(secret, copyButton.current);
    setCopyFailed(!done);
    if (done) await close(true);
  }

  if (secret === null) {
    return (
      <Dialog
        open
        onOpenChange={() => close(false)}
        title={`${account.name} exists, but its secret can no longer be shown`}
        footer={
          <Button variant="primary" onClick={() => close(false)}>
            Close
          </Button>
        }
      >
        The secret was confirmed or its ten minutes are over. If nobody copied it, delete the service account and create
        it again.
      </Dialog>
    );
  }

  const [project] = created.memberships;
  const apiBase = apiBaseOf(apiBases, project?.region);
  const lines = secretLines({ username: account.username, secret, projectId: project?.projectId ?? null, apiBase });
  return (
    <>
      <Dialog
        open
        size="lg"
        dismissible={false}
        onOpenChange={() => undefined}
        initialFocus={copyButton}
        title={`${account.name} was created`}
        description="Copy the secret now. It is shown this once: neither Mixpanel nor Keywarden can show it later."
        footer={
          <>
            <Button onClick={() => (copied ? close(true) : setAsking(true))}>Close</Button>
            <Button ref={copyButton} variant="primary" icon={<Copy aria-hidden />} onClick={copyAndClose}>
              Copy and close
            </Button>
          </>
        }
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <SecretValue label="Username" value={account.username} />
          <SecretValue label="Secret" value={secret} onCopied={() => setCopied(true)} />
          {copyFailed ? (
            <Notice tone="error" role="alert" title="The browser did not allow copying.">
              Select the secret, copy it by hand, then close.
            </Notice>
          ) : null}
          {copied ? (
            <Notice tone="accent" role="status" icon={<Check aria-hidden />} title="The secret is on your clipboard." />
          ) : null}
          <Tabs
            label="Ready-made lines"
            items={lines.map(({ id, title, text }) => ({
              value: id,
              label: title,
              content: <CodeBlock label={title} code={text} onCopied={() => setCopied(true)} />,
            }))}
          />
          <TrySecret organizationKey={organizationKey} operationId={operationId} />
        </div>
      </Dialog>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Close without copying?"
        description="You have not copied the secret. You can open it again for ten minutes from this account's page; after that it is gone for good."
        cancelLabel="Back to the secret"
        confirmLabel="Close without copying"
        danger
        onConfirm={() => close(false)}
      />
    </>
  );
}
