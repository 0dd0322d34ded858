"use client";

import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Notice } from "@/components/ui/notice";
import type { RotationStepInput } from "@/lib/api-client/rotations";
import type { RotationView } from "@/lib/domain/rotation-view";
import { TypedName } from "./typed-name";

type DeletionDialogProps = {
  rotation: RotationView;
  busy: boolean;
  onClose: () => void;
  take: (input: RotationStepInput, options?: { onSuccess?: () => void }) => void;
};

/** Deletes on evidence with one press; without it the name is typed, and what is missing is said first. */
export function DeletionDialog({ rotation, busy, onClose, take }: DeletionDialogProps) {
  const [typed, setTyped] = useState("");
  const { can, predecessor, replacement } = rotation;
  const missing = can.delete;
  const { name } = predecessor;
  return (
    <AlertDialog
      open
      size="md"
      danger
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${name}?`}
      description={
        missing === null
          ? `${replacement.name} is in use and ${name} has been silent. Its last use is read once more just before, and the evidence goes into the record.`
          : `The evidence is not complete, so this rests on your word. Whatever still uses ${name} gets 401 from the next request on.`
      }
      confirmLabel="Delete the predecessor"
      busy={busy}
      disabledReason={missing !== null && typed.trim() !== name ? `Type ${name} first.` : undefined}
      onConfirm={() => {
        take({ step: "deletion", confirmation: typed.trim() });
        onClose();
      }}
    >
      {missing === null ? null : (
        <div className="grid gap-4">
          <Notice tone="warning" title={missing} />
          <TypedName name={name} value={typed} onChange={setTyped} />
        </div>
      )}
    </AlertDialog>
  );
}
