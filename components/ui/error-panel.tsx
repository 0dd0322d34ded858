import { OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

type ErrorPanelProps = {
  /** What happened. */
  title: ReactNode;
  /** In the other side's own words. */
  reason?: ReactNode;
  /** What was and what was not changed. */
  changed?: ReactNode;
  /** What to do. */
  advice?: ReactNode;
  reference?: string | null | undefined;
  action?: ReactNode;
};

export function ErrorPanel({ title, reason, changed, advice, reference, action }: ErrorPanelProps) {
  return (
    <div role="alert" className="rounded-lg border border-error-line bg-error-soft p-4">
      <div className="flex gap-3">
        <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-error" />
        <div className="min-w-0 flex-1 space-y-1 text-pretty">
          <p className="font-semibold">{title}</p>
          {reason ? <p className="break-words">{reason}</p> : null}
          {changed ? <p>{changed}</p> : null}
          {advice ? <p>{advice}</p> : null}
        </div>
      </div>
      {action || reference ? (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 pl-7">
          {action}
          {reference ? (
            <span className="inline-flex min-w-0 items-center gap-1 text-ink-muted text-sm">
              Reference <code className="truncate font-mono text-ink">{reference}</code>
              <CopyButton text={reference} label="Copy reference" iconOnly />
            </span>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
