"use client";

import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import type { RotationView } from "@/lib/domain/rotation-view";
import { TypedName } from "./typed-name";

type ReissueDialogProps = { rotation: RotationView; onClose: () => void; onConfirm: (confirmation: string) => void };

/** The secret is gone or wrong: the replacement is thrown away and made again. */
export function ReissueDialog({ rotation, onClose, onConfirm }: ReissueDialogProps) {
  const [typed, setTyped] = useState("");
  const { replacement, handedOverAt, replacementUsedAt } = rotation;
  const inUse = handedOverAt !== null || replacementUsedAt !== null;
  return (
    <AlertDialog
      open
      size="md"
      danger={inUse}
      onOpenChange={(open) => !open && onClose()}
      title="Issue another replacement?"
      description={
        inUse
          ? `${replacement.name} is deleted first. Whoever uses it already gets 401 until they have the new secret.`
          : `${replacement.name} is deleted first; nobody was given its secret.`
      }
      confirmLabel="Issue again"
      disabledReason={inUse && typed.trim() !== replacement.name ? `Type ${replacement.name} first.` : undefined}
      onConfirm={() => onConfirm(typed.trim())}
    >
      {inUse ? <TypedName name={replacement.name} value={typed} onChange={setTyped} /> : null}
    </AlertDialog>
  );
}
