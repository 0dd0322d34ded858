"use client";

import { Field } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { controlStyle } from "./control-style";
import { cx } from "./cx";

export type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean };

export function Textarea({ className, mono, rows = 3, ...rest }: TextareaProps) {
  return (
    <Field.Control
      render={<textarea rows={rows} {...rest} />}
      className={cx(controlStyle, "block w-full resize-y px-2.5 py-2", mono && "font-mono", className)}
    />
  );
}
