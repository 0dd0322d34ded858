"use client";

import { Search, X } from "lucide-react";
import { useRef } from "react";
import { controlStyle } from "./control-style";
import { cx } from "./cx";
import { Kbd } from "./kbd";
import { useHotkey } from "./use-hotkey";

type SearchInputProps = {
  /** The accessible name. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  placeholder?: string;
  /** A key that brings the focus here from anywhere on the page. */
  shortcut?: string;
  className?: string;
};

export function SearchInput({ label, value, onValueChange, placeholder, shortcut, className }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useHotkey({ key: shortcut ?? "/" }, () => input.current?.focus(), shortcut !== undefined);

  function clear() {
    onValueChange("");
    input.current?.focus();
  }

  return (
    <div className={cx("relative", className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-ink-muted" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts={shortcut}
        value={value}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value !== "") {
            event.preventDefault();
            clear();
          }
        }}
        className={cx(controlStyle, "h-9 w-full pr-9 pl-8 [&::-webkit-search-cancel-button]:hidden")}
      />
      <span className="absolute top-1.5 right-1.5 flex h-6 items-center">
        {value !== "" ? (
          <button
            type="button"
            aria-label="Clear search"
            onClick={clear}
            className="inline-flex size-6 items-center justify-center rounded-sm text-ink-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </button>
        ) : shortcut ? (
          <span aria-hidden className="pointer-coarse:hidden">
            <Kbd keys={[shortcut]} />
          </span>
        ) : null}
      </span>
    </div>
  );
}
