"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import type { ButtonSize, ButtonVariant } from "./button-style";
import { copyText } from "./copy-text";
import { Tooltip } from "./tooltip";

type CopyButtonProps = {
  text: string;
  /** What is copied, for the accessible name: "Copy username". */
  label?: string;
  /** Draws the icon alone. */
  iconOnly?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
  onCopied?: () => void;
  className?: string;
};

const shown = { idle: null, copied: "Copied", failed: "Not copied: select the text and copy it" } as const;
const icons = { idle: <Copy aria-hidden />, copied: <Check aria-hidden />, failed: <X aria-hidden /> };

export function CopyButton(props: CopyButtonProps) {
  const { text, label = "Copy", iconOnly = false, variant, size = "sm", onCopied, className } = props;
  const [state, setState] = useState<keyof typeof shown>("idle");
  const host = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2500);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    if (!host.current) return;
    const copied = await copyText(text, host.current);
    setState(copied ? "copied" : "failed");
    if (copied) onCopied?.();
  }

  const look = { ref: host, size, className, icon: icons[state], onClick: copy };
  return (
    <>
      {iconOnly ? (
        <Tooltip content={shown[state] ?? label} describes={false}>
          <Button {...look} variant={variant ?? "ghost"} square aria-label={label} />
        </Tooltip>
      ) : (
        <Button {...look} variant={variant ?? "secondary"} aria-label={label}>
          {state === "copied" ? "Copied" : "Copy"}
        </Button>
      )}
      <span role="status" className="sr-only">
        {shown[state]}
      </span>
    </>
  );
}
