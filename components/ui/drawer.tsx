"use client";

import { Drawer as Base } from "@base-ui/react/drawer";
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { buttonStyle } from "./button-style";
import { cx } from "./cx";
import { OverlayBoundary } from "./overlay-host";
import { backdropStyle } from "./overlay-style";

type DrawerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  children: ReactNode;
  side?: "left" | "right";
  trigger?: ReactElement;
};

const sides = {
  left: "left-0 border-r data-ending-style:-translate-x-full data-starting-style:-translate-x-full",
  right: "right-0 border-l data-ending-style:translate-x-full data-starting-style:translate-x-full",
};

/** A panel from the edge of the screen; Esc, a press outside and a swipe close it. */
export function Drawer({ open, onOpenChange, title, children, side = "left", trigger }: DrawerProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} swipeDirection={side}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Viewport className="fixed inset-0 z-40">
          <Base.Popup
            className={cx(
              "absolute inset-y-0 flex w-80 max-w-[calc(100vw-3rem)] flex-col border-line bg-raised text-ink shadow-raised outline-none transition-transform",
              sides[side],
            )}
          >
            <OverlayBoundary>
              <div className="flex items-center justify-between py-2 pr-2 pl-4">
                <Base.Title className="font-semibold text-lg">{title}</Base.Title>
                <Base.Close aria-label="Close" className={buttonStyle({ variant: "ghost", size: "lg", square: true })}>
                  <X aria-hidden />
                </Base.Close>
              </div>
              <Base.Content className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</Base.Content>
            </OverlayBoundary>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
