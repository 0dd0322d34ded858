"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { RotationStepInput } from "@/lib/api-client/rotations";
import type { RotationView } from "@/lib/domain/rotation-view";
import { CancelDialog } from "./cancel-dialog";
import { DeletionDialog } from "./deletion-dialog";
import { ReissueDialog } from "./reissue-dialog";

type RotationActionsProps = {
  rotation: RotationView;
  busy: boolean;
  take: (input: RotationStepInput, options?: { onSuccess?: () => void }) => void;
  issue: (input: { step: "issue" } | { step: "reissue"; confirmation: string }) => void;
};

type Open = "deletion" | "cancel" | "reissue" | null;

/** The steps from here; what is not open says why on its button, and what is far off is not shown. */
export function RotationActions({ rotation, busy, take, issue }: RotationActionsProps) {
  const [open, setOpen] = useState<Open>(null);
  const { can, phase, predecessor } = rotation;
  const wait = busy ? "Wait until this is done." : undefined;
  const close = () => setOpen(null);
  const issuing = phase === "issue" || phase === "revoke";
  const afterProof = phase === "overlap" || phase === "watch" || phase === "quarantine";
  return (
    <>
      {can.cancel === null ? (
        <Button
          disabledReason={wait}
          onClick={() => (phase === "cancelling" ? take({ step: "cancel" }) : setOpen("cancel"))}
        >
          {phase === "cancelling" ? "Go on cancelling" : "Cancel rotation"}
        </Button>
      ) : null}
      {can.reissue === null && rotation.secret === null ? (
        <Button disabledReason={wait} onClick={() => setOpen("reissue")}>
          Issue again
        </Button>
      ) : null}
      {can.keep === null ? (
        <Button disabledReason={wait} onClick={() => take({ step: "keep" })}>
          Keep both
        </Button>
      ) : null}
      {can.restore === null ? (
        <Button disabledReason={wait} onClick={() => take({ step: "restore" })}>
          Give memberships back
        </Button>
      ) : null}
      {phase === "watch" || (phase === "quarantine" && can.quarantine === null) ? (
        <Button disabledReason={can.quarantine ?? wait} onClick={() => take({ step: "quarantine" })}>
          {phase === "quarantine" ? "Take the rest away" : "Quarantine"}
        </Button>
      ) : null}
      {issuing ? (
        <Button
          variant="primary"
          loading={busy}
          disabledReason={phase === "issue" ? (can.issue ?? undefined) : (can.override ?? undefined)}
          onClick={() => issue({ step: "issue" })}
        >
          {phase === "revoke" ? "Revoke and issue" : "Issue the replacement"}
        </Button>
      ) : null}
      {phase === "hand_over" ? (
        <Button
          variant="primary"
          loading={busy}
          disabledReason={can.handOver ?? undefined}
          onClick={() => take({ step: "hand-over" })}
        >
          It is in place
        </Button>
      ) : null}
      {can.delete === null && !predecessor.exists ? (
        <Button variant="primary" loading={busy} onClick={() => take({ step: "deletion", confirmation: "" })}>
          Finish
        </Button>
      ) : null}
      {predecessor.exists && (afterProof || can.delete === null) ? (
        <Button variant="danger" disabledReason={can.override ?? wait} onClick={() => setOpen("deletion")}>
          Delete the predecessor
        </Button>
      ) : null}
      {open === "deletion" ? <DeletionDialog rotation={rotation} busy={busy} onClose={close} take={take} /> : null}
      {open === "cancel" ? <CancelDialog rotation={rotation} busy={busy} onClose={close} take={take} /> : null}
      {open === "reissue" ? (
        <ReissueDialog
          rotation={rotation}
          onClose={close}
          onConfirm={(confirmation) => {
            close();
            issue({ step: "reissue", confirmation });
          }}
        />
      ) : null}
    </>
  );
}
