"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { SearchInput } from "./search-input";

const TYPING_PAUSE_MS = 200;

/** A search whose typing shows at once and is told after a short pause. */
export function PausedSearch({ value, onValueChange, ...rest }: ComponentProps<typeof SearchInput>) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const tell = useRef(onValueChange);
  useEffect(() => {
    tell.current = onValueChange;
  });
  useEffect(() => {
    // What was told comes back late, when more may have been typed: only a change from elsewhere replaces the text.
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const pause = setTimeout(() => {
      told.current = text;
      tell.current(text);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text]);
  return <SearchInput {...rest} value={text} onValueChange={setText} />;
}
