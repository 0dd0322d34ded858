"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactElement, ReactNode, RefObject } from "react";
import { buttonStyle } from "./button-style";
import { cx } from "./cx";
import { OverlayBoundary } from "./overlay-host";
import { backdropStyle, type DialogSize, dialogStyle, dialogWidths } from "./overlay-style";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, in reading order; on a phone they stack. */
  footer?: ReactNode;
  size?: DialogSize;
  /** False: Esc, a press outside and the corner button are gone; only `footer` can close it. */
  dismissible?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Gets the focus when it closes; else what had it before. */
  finalFocus?: RefObject<HTMLElement | null>;
  /** An element that opens it and gets the focus back. */
  trigger?: ReactElement;
};

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "md", dismissible = true } = props;
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, details) => {
        const dismissal = details.reason === "escape-key" || details.reason === "outside-press";
        if (!next && dismissal && !dismissible) details.cancel();
        else onOpenChange(next);
      }}
      disablePointerDismissal={!dismissible}
    >
      {props.trigger ? <Base.Trigger render={props.trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Popup
          initialFocus={props.initialFocus}
          finalFocus={props.finalFocus}
          className={cx(dialogStyle, dialogWidths[size])}
        >
          <OverlayBoundary>
            <div className="flex items-start gap-4 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Base.Title className="font-semibold text-lg">{title}</Base.Title>
                {description ? (
                  <Base.Description className="mt-1 text-pretty text-ink-muted">{description}</Base.Description>
                ) : null}
              </div>
              {dismissible ? (
                <Base.Close
                  aria-label="Close"
                  className={buttonStyle({ variant: "ghost", square: true, className: "-mt-1 -mr-2" })}
                >
                  <X aria-hidden />
                </Base.Close>
              ) : null}
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">{children}</div>
            {footer ? (
              <div className="flex flex-col-reverse gap-2 border-line border-t px-5 py-3 sm:flex-row sm:justify-end">
                {footer}
              </div>
            ) : null}
          </OverlayBoundary>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
