"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { popupStyle } from "./control-style";
import { cx } from "./cx";
import { useOverlayContainer } from "./overlay-host";

type PopoverProps = {
  trigger: ReactElement;
  title?: ReactNode;
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
};

export function Popover(props: PopoverProps) {
  const { trigger, title, children, align = "start", side = "bottom", open, onOpenChange, className } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={useOverlayContainer()}>
        <Base.Positioner align={align} side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            className={cx(
              popupStyle,
              "max-h-(--available-height) w-72 max-w-(--available-width) overflow-y-auto p-4",
              className,
            )}
          >
            {title ? <Base.Title className="mb-2 font-semibold">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
