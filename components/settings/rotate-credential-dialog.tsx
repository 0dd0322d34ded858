"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { FieldGroup } from "@/components/ui/field-group";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { useNow } from "@/components/ui/now-provider";
import { RadioGroup } from "@/components/ui/radio-group";
import { credentialQuery, rotateCredential } from "@/lib/api-client/organizations";
import { defaultExpiryPreset, type ExpiryPreset, expiryAfterDays, expiryPresets } from "@/lib/domain/expiry-preset";
import type { CredentialDialogProps } from "./credential-dialog";

const options = expiryPresets.map((days) => ({ value: String(days), label: `${days} days` }));

/** Says what a rotation will do, and starts it. */
export function RotateCredentialDialog({ organization: { key, name }, view, onClose }: CredentialDialogProps) {
  const now = new Date(useNow());
  const [days, setDays] = useState<ExpiryPreset>(defaultExpiryPreset);
  const client = useQueryClient();
  const rotate = useChange(key, (input: { days: ExpiryPreset }, idempotencyKey) =>
    rotateCredential(key, input, idempotencyKey),
  );
  return (
    <AlertDialog
      open
      size="md"
      onOpenChange={(open) => !open && onClose()}
      title={`Rotate the credential of ${name}?`}
      description={
        <>
          A replacement with the role {view.role ?? "of the predecessor"} is created, tried, and taken into use without
          a restart. <span className="break-all font-mono text-sm">{view.username}</span> is deleted when you continue a
          minute later: whatever else signs in with it stops working then.
        </>
      }
      confirmLabel="Issue and switch"
      busy={rotate.isPending}
      onConfirm={() =>
        rotate.mutate(
          { days },
          {
            onSuccess: onClose,
            // Also a rotation that stopped half-way is there to be continued.
            onError: () => client.invalidateQueries({ queryKey: credentialQuery(key).queryKey }),
          },
        )
      }
    >
      <div className="grid gap-4">
        <FieldGroup
          legend="The replacement expires after"
          hint={`On ${formatAbsoluteTime(expiryAfterDays(days, now))}. Rotate again before then: afterwards the console is locked out.`}
        >
          <RadioGroup
            appearance="segments"
            options={options}
            value={String(days)}
            onValueChange={(value) => setDays(expiryPresets.find((each) => String(each) === value) ?? days)}
          />
        </FieldGroup>
        {rotate.error ? <ChangeFailure error={rotate.error} changed="The credential in use was not touched." /> : null}
      </div>
    </AlertDialog>
  );
}
