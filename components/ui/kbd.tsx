"use client";

import { cx } from "./cx";
import { useHydrated } from "./use-hydrated";

/** `Mod` is drawn as ⌘ on Apple's systems and as Ctrl elsewhere. */
export function Kbd({ keys, className }: { keys: readonly string[]; className?: string }) {
  const hydrated = useHydrated();
  const apple = hydrated && /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <span className={cx("inline-flex gap-0.5", className)}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-ink-muted text-xs"
        >
          {key === "Mod" ? (apple ? "⌘" : "Ctrl") : key}
        </kbd>
      ))}
    </span>
  );
}
