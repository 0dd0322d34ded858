import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { TargetResult } from "@/lib/domain/change";
import { ChangeResults, resultSummary } from "./change-results";

type ChangeDialogProps = {
  title: ReactNode;
  description?: ReactNode;
  /** While the change is sent the dialog stays. */
  pending: boolean;
  /** What came of it; then they stand in the place of everything else until they are read. */
  results: readonly TargetResult[] | undefined;
  onClose: () => void;
  cancelLabel?: string;
  /** The button that sends the change. */
  action: ReactNode;
  /** A further step beside the results. */
  resultAction?: ReactNode;
  children: ReactNode;
};

/** A change over several targets: what it will do, the button that does it, then the result of each target. */
export function ChangeDialog(props: ChangeDialogProps) {
  const {
    title,
    description,
    pending,
    results,
    onClose,
    cancelLabel = "Cancel",
    action,
    resultAction,
    children,
  } = props;
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && !pending && onClose()}
      dismissible={!pending}
      title={results ? "What came of it" : title}
      description={results ? resultSummary(results) : description}
      footer={
        results ? (
          <>
            {resultAction}
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose} disabledReason={pending ? "Wait until this is done." : undefined}>
              {cancelLabel}
            </Button>
            {action}
          </>
        )
      }
    >
      {results ? <ChangeResults results={results} /> : children}
    </Dialog>
  );
}
