"use client";

import { Field as Base } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type FieldProps = {
  label: ReactNode;
  description?: ReactNode;
  /** Shown below the control and tied to it; also marks the control as invalid. */
  error?: string | undefined;
  /** Says "optional" beside the label. */
  optional?: boolean;
  name?: string;
  /** Below the control, for an echo of what was entered. */
  hint?: ReactNode;
  /** One control of this folder; it finds its label and its error by itself. */
  children: ReactNode;
  className?: string;
};

export function Field({ label, description, error, optional, name, hint, children, className }: FieldProps) {
  return (
    <Base.Root name={name} invalid={Boolean(error)} className={cx("grid gap-1.5", className)}>
      <div>
        <Base.Label className="font-medium">{label}</Base.Label>
        {optional ? <span className="ml-1.5 text-ink-muted">optional</span> : null}
        {description ? <Base.Description className="text-ink-muted text-sm">{description}</Base.Description> : null}
      </div>
      {children}
      {hint ? <div className="text-ink-muted text-sm">{hint}</div> : null}
      <Base.Error match={Boolean(error)} className="flex gap-1.5 text-error text-sm">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {error}
      </Base.Error>
    </Base.Root>
  );
}
