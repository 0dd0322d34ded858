"use client";

import { Input as Base } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { controlStyle } from "./control-style";
import { cx } from "./cx";

export type InputProps = Omit<ComponentProps<typeof Base>, "className"> & {
  className?: string;
  /** For usernames and secrets. */
  mono?: boolean;
};

export function Input({ className, mono, ...rest }: InputProps) {
  return <Base {...rest} className={cx(controlStyle, "h-9 w-full px-2.5", mono && "font-mono", className)} />;
}
