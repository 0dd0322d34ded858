"use client";

import { type ReactNode, useId } from "react";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";

export type IconButtonProps = Omit<ButtonProps, "children" | "square" | "aria-label"> & {
  /** The accessible name, shown as a tooltip. */
  label: string;
  icon: ReactNode;
};

export function IconButton({ label, variant = "ghost", disabledReason, ...rest }: IconButtonProps) {
  const reasonId = useId();
  return (
    <>
      <Tooltip
        content={disabledReason ? `${label}: ${disabledReason}` : label}
        describes={false}
        openOnPress={Boolean(disabledReason)}
      >
        <Button
          {...rest}
          variant={variant}
          square
          aria-label={label}
          aria-disabled={Boolean(disabledReason)}
          aria-describedby={disabledReason ? reasonId : undefined}
        />
      </Tooltip>
      {disabledReason ? (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      ) : null}
    </>
  );
}
