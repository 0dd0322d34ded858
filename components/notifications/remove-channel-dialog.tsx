"use client";

import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { counted } from "@/components/ui/counted";
import { removeChannel } from "@/lib/api-client/notifications";
import type { ChannelView } from "@/lib/domain/notification-channel";

type RemoveChannelDialogProps = { organizationKey: string; channel: ChannelView; onClose: () => void };

export function RemoveChannelDialog({ organizationKey, channel, onClose }: RemoveChannelDialogProps) {
  const remove = useChange(organizationKey, (_: null, key) => removeChannel(organizationKey, channel.id, key));
  const waiting = channel.waiting > 0 ? `${counted(channel.waiting, "message")} that wait for it are not sent. ` : "";
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${channel.name}?`}
      description={`${waiting}Nobody is warned through it any more; its address and its list of deliveries are forgotten.`}
      confirmLabel="Remove channel"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate(null, { onSuccess: onClose })}
    >
      {remove.error ? <ChangeFailure error={remove.error} changed="The channel was not removed." /> : null}
    </AlertDialog>
  );
}
