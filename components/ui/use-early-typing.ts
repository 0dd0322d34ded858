"use client";

import type { BaseUIEvent } from "@base-ui/react/types";
import { type KeyboardEvent, useState } from "react";

/**
 * For a field that opens a popup with a search field in it: what is typed on the closed field, or before the search
 * field has the focus, opens the popup and stands in there. Otherwise a slow machine swallows the first keys.
 */
export function useEarlyTyping() {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  function onKeyDown(event: BaseUIEvent<KeyboardEvent>) {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isText || (event.key === " " && !open)) return;
    event.preventDefault();
    event.preventBaseUIHandler();
    setOpen(true);
    setText((typed) => typed + event.key);
  }
  return {
    root: { open, onOpenChange: setOpen, inputValue: text, onInputValueChange: setText },
    trigger: { onKeyDown },
  };
}
