"use client";

import { Field } from "@base-ui/react/field";
import { Fieldset } from "@base-ui/react/fieldset";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";

type FieldGroupProps = {
  legend: ReactNode;
  description?: ReactNode;
  error?: string | undefined;
  hint?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** One question answered by several controls: radios, checkboxes, a preset beside a date. */
export function FieldGroup({ legend, description, error, hint, children, className }: FieldGroupProps) {
  const id = useId();
  return (
    <Field.Root
      invalid={Boolean(error)}
      render={
        <Fieldset.Root aria-describedby={cx(description ? `${id}-about` : null, error && `${id}-error`) || undefined} />
      }
      className={cx("grid min-w-0 gap-1.5", className)}
    >
      <div>
        <Fieldset.Legend className="font-medium">{legend}</Fieldset.Legend>
        {description ? (
          <p id={`${id}-about`} className="text-ink-muted text-sm">
            {description}
          </p>
        ) : null}
      </div>
      {children}
      {hint ? <div className="text-ink-muted text-sm">{hint}</div> : null}
      <div id={`${id}-error`} role="alert" className="flex gap-1.5 text-error text-sm empty:hidden">
        {error ? <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" /> : null}
        {error}
      </div>
    </Field.Root>
  );
}
