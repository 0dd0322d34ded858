"use client";

import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { describeFailure } from "@/lib/api-client/api-error";
import { failureAdvice } from "./failure-advice";

type FailurePanelProps = {
  error: unknown;
  /** What is certain about the change that was asked for, for instance "Nothing was deleted." */
  changed?: string;
  onRetry?: () => void;
};

/** A failed request in words: what happened, what was and was not changed, what to do, a reference to copy. */
export function FailurePanel({ error, changed, onRetry }: FailurePanelProps) {
  const failure = describeFailure(error);
  return (
    <ErrorPanel
      title={failure.title}
      reason={failure.reason}
      changed={changed}
      advice={failureAdvice(failure)}
      reference={failure.reference ?? undefined}
      action={onRetry ? <Button onClick={onRetry}>Try again</Button> : undefined}
    />
  );
}
