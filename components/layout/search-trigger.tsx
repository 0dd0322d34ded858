"use client";

import { Search } from "lucide-react";
import { Kbd } from "@/components/ui/kbd";
import { useHotkey } from "@/components/ui/use-hotkey";

type SearchTriggerProps = { onOpen: () => void; label?: string };

/** Opens the command palette, by press or by ⌘K; a field on a desk, an icon on a phone. */
export function SearchTrigger({ onOpen, label = "Search or jump to…" }: SearchTriggerProps) {
  useHotkey({ key: "k", mod: true }, onOpen);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={label}
      aria-keyshortcuts="Meta+K Control+K"
      className="inline-flex h-9 w-9 shrink-0 items-center justify-center gap-2 rounded-md text-ink-muted hover:bg-hover md:w-72 md:justify-start md:border md:border-line-strong/60 md:bg-surface md:px-2.5"
    >
      <Search aria-hidden className="size-4" />
      <span className="hidden flex-1 text-left md:block">{label}</span>
      <span className="hidden md:block">
        <Kbd keys={["Mod", "K"]} />
      </span>
    </button>
  );
}
