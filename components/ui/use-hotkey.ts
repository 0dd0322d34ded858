"use client";

import { useEffect, useEffectEvent } from "react";

export type Hotkey = { key: string; mod?: boolean };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listens on the page; keys without ⌘/Ctrl are ignored while somebody types or a modal dialog is open. */
export function useHotkey({ key, mod = false }: Hotkey, onPress: () => void, enabled = true): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    if (!enabled) return;
    function listen(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || event.key.toLowerCase() !== key.toLowerCase()) return;
      if (mod !== (event.metaKey || event.ctrlKey) || event.altKey) return;
      if (!mod && (isTyping(event.target) || document.querySelector("[role=dialog], [role=alertdialog]"))) return;
      event.preventDefault();
      press();
    }
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [key, mod, enabled]);
}
