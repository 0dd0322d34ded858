"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { popupStyle } from "./control-style";
import { cx } from "./cx";
import { useOverlayContainer } from "./overlay-host";

type MenuProps = {
  /** A Button or an IconButton. */
  trigger: ReactElement;
  /** Items of menu-item.tsx. */
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "right";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
};

export function Menu({
  trigger,
  children,
  align = "start",
  side = "bottom",
  open,
  onOpenChange,
  className,
}: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={useOverlayContainer()}>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup
            className={cx(popupStyle, "max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto p-1", className)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
