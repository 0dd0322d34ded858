"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonStyle } from "./button-style";
import { cx } from "./cx";
import { type Tone, toneIcons, toneText } from "./tone";

type ToastData = { tone: Tone };
export type ToastOptions = {
  title: string;
  description?: ReactNode;
  tone?: Tone;
  action?: { label: string; onSelect: () => void };
};

/** For what has happened; errors stay until they are dismissed. What must interrupt belongs into an ErrorPanel. */
export function useToast(): { show: (options: ToastOptions) => string; close: (id: string) => void } {
  const manager = Base.useToastManager<ToastData>();
  return {
    show: ({ title, description, tone = "accent", action }) =>
      manager.add({
        title,
        description,
        data: { tone },
        timeout: tone === "error" || tone === "critical" ? 0 : 6000,
        actionProps: action && { children: action.label, onClick: action.onSelect },
      }),
    close: (id) => manager.close(id),
  };
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed top-16 right-4 z-50 sm:top-auto sm:bottom-4 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager<ToastData>();
  return toasts.map((toast) => {
    const tone = toast.data?.tone ?? "accent";
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        swipeDirection="right"
        className="translate-x-(--toast-swipe-movement-x) rounded-md border border-line bg-raised shadow-raised transition-opacity data-limited:hidden data-ending-style:opacity-0 data-starting-style:opacity-0"
      >
        <Base.Content className="flex items-start gap-2 p-3">
          <span className={cx("flex h-5 items-center [&_svg]:size-4", toneText[tone])}>{toneIcons[tone]}</span>
          <div className="min-w-0 flex-1">
            <Base.Title className="font-medium" />
            <Base.Description className="text-pretty text-ink-muted" />
            <Base.Action className={buttonStyle({ size: "sm", className: "mt-2" })} />
          </div>
          <Base.Close
            aria-label="Dismiss"
            className={buttonStyle({ variant: "ghost", size: "sm", square: true, className: "-my-1 -mr-1" })}
          >
            <X aria-hidden />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    );
  });
}
