"use client";

import { ChangeFailure } from "@/components/changes/change-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { DryRunAnswer } from "@/lib/domain/policy-view";
import { DryRunTable } from "./dry-run-table";

type ReviewDialogProps = {
  /** Setting → "before → after". */
  settings: Readonly<Record<string, string>>;
  dryRun: DryRunAnswer | undefined;
  error: unknown;
  saving: boolean;
  onSave: () => void;
  onClose: () => void;
  /** Where somebody else was faster. */
  onLoadCurrent: (() => void) | null;
};

/** What a changed policy would find, before it is saved. */
export function ReviewDialog({ settings, dryRun, error, saving, onSave, onClose, onLoadCurrent }: ReviewDialogProps) {
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && !saving && onClose()}
      dismissible={!saving}
      title="What this policy would find"
      description="Every service account was judged by it. Nothing is saved yet."
      footer={
        <>
          <Button onClick={onClose}>Back to the policy</Button>
          {onLoadCurrent ? (
            <Button variant="primary" onClick={onLoadCurrent}>
              Load the policy as it is now
            </Button>
          ) : (
            <Button
              variant="primary"
              loading={saving}
              disabledReason={dryRun ? undefined : "Wait until every account is judged."}
              onClick={onSave}
            >
              Save policy
            </Button>
          )}
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4">
        {error ? <ChangeFailure error={error} changed="Nothing was saved." /> : null}
        {dryRun ? <DryRunTable answer={dryRun} /> : error ? null : <Skeleton className="h-32" />}
        <details>
          <summary className="w-fit cursor-pointer rounded-sm text-ink-muted">
            {Object.keys(settings).length} changed in the policy
          </summary>
          <ul className="mt-1 grid gap-0.5 text-sm">
            {Object.entries(settings).map(([name, change]) => (
              <li key={name} className="wrap-anywhere">
                <code className="font-mono">{name}</code>: {change}
              </li>
            ))}
          </ul>
        </details>
      </div>
    </Dialog>
  );
}
