"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cx } from "./cx";
import { OverlayBoundary } from "./overlay-host";
import { backdropStyle, type DialogSize, dialogStyle, dialogWidths } from "./overlay-style";

type AlertDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** The consequences, in words. */
  description: ReactNode;
  /** Details or a confirmation to type. */
  children?: ReactNode;
  /** Names the act: "Delete 3 service accounts", never "OK". */
  confirmLabel: string;
  onConfirm: () => void;
  cancelLabel?: string;
  danger?: boolean;
  busy?: boolean;
  disabledReason?: string | undefined;
  size?: DialogSize;
};

/** Asks before something that cannot be taken back; a press outside does not close it. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, description, children, confirmLabel, onConfirm, busy = false } = props;
  const { cancelLabel = "Cancel", danger = false, disabledReason, size = "sm" } = props;
  return (
    <Base.Root open={open} onOpenChange={(next) => !busy && onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Popup className={cx(dialogStyle, dialogWidths[size])}>
          <OverlayBoundary>
            <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-4 pb-5">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              <Base.Description render={<div />} className="mt-1 text-pretty text-ink-muted">
                {description}
              </Base.Description>
              {children ? <div className="mt-4">{children}</div> : null}
            </div>
            <div className="flex flex-col-reverse gap-2 border-line border-t px-5 py-3 sm:flex-row sm:justify-end">
              <Base.Close render={<Button disabledReason={busy ? "Wait until this is done." : undefined} />}>
                {cancelLabel}
              </Base.Close>
              <Button
                variant={danger ? "danger" : "primary"}
                loading={busy}
                disabledReason={disabledReason}
                onClick={onConfirm}
              >
                {confirmLabel}
              </Button>
            </div>
          </OverlayBoundary>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
