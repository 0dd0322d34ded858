"use client";

import { AlertDialog } from "@/components/ui/alert-dialog";
import type { RotationStepInput } from "@/lib/api-client/rotations";
import type { RotationView } from "@/lib/domain/rotation-view";

type CancelDialogProps = {
  rotation: RotationView;
  busy: boolean;
  onClose: () => void;
  take: (input: RotationStepInput) => void;
};

/** Says what cancelling undoes, and does it. */
export function CancelDialog({ rotation, busy, onClose, take }: CancelDialogProps) {
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Cancel this rotation?"
      description={
        <ul className="grid list-disc gap-1 pl-4">
          {undoing(rotation).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
      cancelLabel="Go on with it"
      confirmLabel="Cancel rotation"
      danger={rotation.undoes.replacement === "deleted"}
      busy={busy}
      onConfirm={() => {
        take({ step: "cancel" });
        onClose();
      }}
    />
  );
}

function undoing({ undoes, replacement, predecessor, kind, phase }: RotationView): string[] {
  const name = replacement.name;
  const lines = {
    none: "Nothing was issued, so nothing is taken back.",
    deleted: `The replacement ${name} is deleted: nobody has been given it.`,
    kept: `The replacement ${name} stays, because it may be in use. Delete it on its own page if it is not.`,
  };
  const revoked = kind === "leak" && phase !== "revoke";
  return [
    lines[undoes.replacement],
    ...(undoes.memberships ? [`${predecessor.name} gets its memberships back.`] : []),
    revoked ? `${predecessor.name} stays revoked.` : `${predecessor.name} goes on as before.`,
  ];
}
