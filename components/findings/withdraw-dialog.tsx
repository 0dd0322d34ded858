"use client";

import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatDate } from "@/components/ui/format-relative-time";
import { useToast } from "@/components/ui/toast";
import { withdrawAcceptance } from "@/lib/api-client/findings";
import type { FindingRow } from "@/lib/domain/finding-view";

type WithdrawDialogProps = { organizationKey: string; finding: FindingRow; onClose: () => void };

/** Takes an acceptance back after saying what that means. */
export function WithdrawDialog({ organizationKey, finding, onClose }: WithdrawDialogProps) {
  const { accountId, rule, accountName, sentence, acceptance } = finding;
  const toast = useToast();
  const withdraw = useChange(organizationKey, (_: null, idempotencyKey) =>
    withdrawAcceptance(organizationKey, { accountId, rule }, idempotencyKey),
  );
  const onSuccess = () => {
    toast.show({ title: `The finding about ${accountName} is open again.` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !withdraw.isPending && onClose()}
      dismissible={!withdraw.isPending}
      title={`Open this finding about ${accountName} again`}
      description={sentence}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={withdraw.isPending} onClick={() => withdraw.mutate(null, { onSuccess })}>
            Withdraw acceptance
          </Button>
        </>
      }
    >
      {acceptance ? (
        <p className="wrap-anywhere">
          {acceptance.byName} accepted it until {formatDate(acceptance.until)}: {acceptance.reason}
        </p>
      ) : null}
      {withdraw.error ? <ChangeFailure error={withdraw.error} changed="It is still accepted." /> : null}
    </Dialog>
  );
}
