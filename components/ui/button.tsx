"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style";
import { cx } from "./cx";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

export type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  /** As wide as high, for an icon alone; give it an aria-label. */
  square?: boolean;
  /** Keeps focus, refuses presses and says that it is busy. */
  loading?: boolean;
  /** Why it cannot be pressed now: it stays focusable and says so. */
  disabledReason?: string | undefined;
};

export function Button(props: ButtonProps) {
  const { variant, size, icon, square, loading = false, disabledReason, ...rest } = props;
  const { className, children, onClick, type = "button", ...attributes } = rest;
  const reasonId = useId();
  const blocked = loading || Boolean(disabledReason) || attributes["aria-disabled"] === true;
  const button = (
    <button
      {...attributes}
      type={type}
      className={buttonStyle({ variant, size, square, className })}
      aria-disabled={blocked || undefined}
      aria-busy={loading || undefined}
      aria-describedby={cx(attributes["aria-describedby"], disabledReason && reasonId) || undefined}
      onClick={blocked ? (event) => event.preventDefault() : onClick}
    >
      {loading ? <Spinner /> : icon}
      {children}
    </button>
  );
  // A caller that can ever give a reason keeps the same tree with and without one, so that focus stays.
  if (!("disabledReason" in props)) return button;
  return (
    <>
      <Tooltip content={disabledReason} disabled={!disabledReason} describes={false} openOnPress>
        {button}
      </Tooltip>
      <span id={reasonId} hidden>
        {disabledReason}
      </span>
    </>
  );
}
