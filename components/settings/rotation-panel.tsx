"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { formatTimeOfDay } from "@/components/ui/format-relative-time";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { cancelRotation, credentialQuery, rotateCredential } from "@/lib/api-client/organizations";
import { type RotationView, rotationCan } from "@/lib/domain/organization-credential";
import { RotationSteps } from "./rotation-steps";
import { useDue } from "./use-due";

type RotationPanelProps = { organizationKey: string; rotation: RotationView };
type Act = "continue" | "keep" | "cancel";

/** An open rotation: how far it is, and the steps from here. */
export function RotationPanel({ organizationKey: key, rotation }: RotationPanelProps) {
  const { id, step, startedBy, startedAt, predecessorUsername, predecessorListed, deleteAfter } = rotation;
  const due = useDue(deleteAfter);
  const client = useQueryClient();
  const act = useChange(key, (what: Act, idempotencyKey) =>
    what === "cancel"
      ? cancelRotation(key, id, idempotencyKey)
      : rotateCredential(key, { rotationId: id, keepPredecessor: what === "keep" }, idempotencyKey),
  );
  const go = (what: Act) =>
    act.mutate(what, { onError: () => client.invalidateQueries({ queryKey: credentialQuery(key).queryKey }) });
  const early =
    deleteAfter && !due
      ? `Every replica of the console switches first: from ${formatTimeOfDay(deleteAfter)} UTC on.`
      : undefined;
  const wait = act.isPending ? "Wait until this is done." : undefined;
  return (
    <Notice
      tone={step === "delete" ? "notice" : "warning"}
      role="status"
      title={<RelativeTime prefix={`Rotation begun by ${startedBy}`} at={startedAt} />}
      action={
        <>
          {rotationCan.cancel(step) ? (
            <Button size="sm" disabledReason={wait} onClick={() => go("cancel")}>
              {step === "cancelling" ? "Go on cancelling" : "Cancel rotation"}
            </Button>
          ) : null}
          {step === "delete" && predecessorListed ? (
            <Button size="sm" disabledReason={wait} onClick={() => go("keep")}>
              Keep the predecessor
            </Button>
          ) : null}
          {rotationCan.continue(step) ? (
            <Button size="sm" variant="primary" disabledReason={early ?? wait} onClick={() => go("continue")}>
              {step !== "delete" ? "Continue" : predecessorListed ? "Delete the predecessor" : "Finish"}
            </Button>
          ) : null}
        </>
      }
    >
      <RotationSteps rotation={rotation} />
      {step === "delete" && !predecessorListed ? (
        <p className="mt-2">
          <span className="break-all font-mono text-sm">{predecessorUsername}</span> is not in the organization's list,
          so it cannot be deleted from here. Delete it in Mixpanel.
        </p>
      ) : null}
      {act.error ? (
        <div className="mt-3">
          <ChangeFailure error={act.error} changed="The step was not completed; what was done before stays." />
        </div>
      ) : null}
    </Notice>
  );
}
