"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import { type ReactElement, type ReactNode, useId, useState } from "react";

export const TooltipProvider = Base.Provider;

type TooltipProps = {
  content: ReactNode;
  /** The element it explains. It has to take a ref and be reachable with the keyboard. */
  children: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom" | "left" | "right";
  disabled?: boolean;
  /** Set false where the content only repeats the accessible name. */
  describes?: boolean;
  /** Shows it on a press too, so that a finger can ask. */
  openOnPress?: boolean;
};

export function Tooltip({ content, children, side = "top", disabled, describes = true, openOnPress }: TooltipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const described = describes && open ? { "aria-describedby": id } : {};
  return (
    <Base.Root open={open && !disabled} onOpenChange={setOpen} disabled={disabled}>
      <Base.Trigger
        render={children}
        delay={400}
        closeOnClick={!openOnPress}
        onClick={openOnPress ? () => setOpen(true) : undefined}
        {...described}
      />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup
            id={id}
            role="tooltip"
            className="max-w-72 rounded-sm bg-ink px-2 py-1 text-canvas text-xs transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
