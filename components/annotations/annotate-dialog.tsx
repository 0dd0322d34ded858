"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { annotateServiceAccount } from "@/lib/api-client/annotations";
import { ApiError } from "@/lib/api-client/api-error";
import { queryKeys } from "@/lib/api-client/query-keys";
import { type Annotation, type AnnotationView, annotationKeys } from "@/lib/domain/annotation";
import type { AnnotateInput } from "@/lib/domain/annotation-change";
import { AnnotationField } from "./annotation-fields";
import { type AnnotationFormValues, annotationFormSchema, toFormValues } from "./annotation-form-values";

type AnnotateDialogProps = {
  organizationKey: string;
  account: { id: number; name: string };
  /** As the page knows it; newer than what was opened once somebody else has changed it. */
  annotation: AnnotationView;
  onClose: () => void;
};

/** Everything Keywarden records of one account. What somebody else wrote meanwhile is shown, not written over. */
export function AnnotateDialog({ organizationKey, account, annotation, onClose }: AnnotateDialogProps) {
  const client = useQueryClient();
  const [base, setBase] = useState(annotation);
  const form = useForm<AnnotationFormValues, unknown, Annotation>({
    resolver: zodResolver(annotationFormSchema),
    defaultValues: toFormValues(base),
    mode: "onTouched",
  });
  const annotate = useChange(organizationKey, (input: AnnotateInput, key) =>
    annotateServiceAccount(organizationKey, account.id, input, key),
  );
  const conflict = annotate.error instanceof ApiError && annotate.error.code === "changed_meanwhile";

  function beginAnew() {
    setBase(annotation);
    form.reset(toFormValues(annotation));
    annotate.reset();
  }
  const save = form.handleSubmit((next) => {
    // After a conflict the page has to know what it says now.
    const onError = () => client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) });
    annotate.mutate({ annotation: next, seen: base.updatedAt }, { onSuccess: onClose, onError });
  });

  return (
    <Dialog
      open
      size="lg"
      title={`Annotate ${account.name}`}
      description="Kept in Keywarden. Mixpanel knows nothing of it, and nothing changes there."
      dismissible={!annotate.isPending}
      onOpenChange={(open) => !open && !annotate.isPending && onClose()}
      footer={
        <>
          <Button onClick={onClose} disabledReason={annotate.isPending ? "Wait until this is done." : undefined}>
            Cancel
          </Button>
          {conflict && annotation.updatedAt !== base.updatedAt ? (
            <Button onClick={beginAnew}>Show what it says now</Button>
          ) : null}
          <Button variant="primary" loading={annotate.isPending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <form noValidate className="grid gap-4 sm:grid-cols-2" onSubmit={save}>
        {annotationKeys.map((name) => (
          <div key={name} className={name === "notes" || name === "purpose" ? "sm:col-span-2" : undefined}>
            <AnnotationField form={form} name={name} />
          </div>
        ))}
        {annotate.error ? (
          <div className="sm:col-span-2">
            <ChangeFailure error={annotate.error} changed="Nothing was saved." />
          </div>
        ) : null}
      </form>
    </Dialog>
  );
}
