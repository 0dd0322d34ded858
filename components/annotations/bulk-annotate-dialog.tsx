"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { counted } from "@/components/ui/counted";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { annotateServiceAccounts } from "@/lib/api-client/annotations";
import { type Annotation, emptyAnnotation } from "@/lib/domain/annotation";
import type { AnnotatedAnswer, AnnotateManyInput } from "@/lib/domain/annotation-change";
import { AnnotationField, fieldWords } from "./annotation-fields";
import { type AnnotationFormValues, annotationFormSchema, toFormValues } from "./annotation-form-values";
import { BulkTags } from "./bulk-tags";

const choices = ["owner", "contact", "purpose", "ticket", "leadTimeDays", "timeZone"] as const;
type Choice = (typeof choices)[number];
const noTags: Pick<AnnotateManyInput, "addTags" | "removeTags"> = { addTags: [], removeTags: [] };

type BulkAnnotateDialogProps = { organizationKey: string; accountIds: number[]; onClose: () => void };

/** Sets the fields that are ticked on every selected account, and leaves all others as they are. */
export function BulkAnnotateDialog({ organizationKey, accountIds, onClose }: BulkAnnotateDialogProps) {
  const toast = useToast();
  const [chosen, setChosen] = useState<ReadonlySet<Choice>>(new Set());
  const [tags, setTags] = useState<typeof noTags | null>(noTags);
  const form = useForm<AnnotationFormValues, unknown, Annotation>({
    resolver: zodResolver(annotationFormSchema),
    defaultValues: toFormValues(emptyAnnotation),
    mode: "onTouched",
  });
  const annotate = useChange(organizationKey, (input: AnnotateManyInput, key) =>
    annotateServiceAccounts(organizationKey, input, key),
  );
  const nothing = chosen.size === 0 && tags !== null && tags.addTags.length + tags.removeTags.length === 0;

  function toggle(field: Choice, add: boolean) {
    const next = new Set(chosen);
    if (add) next.add(field);
    else next.delete(field);
    setChosen(next);
  }
  const save = form.handleSubmit((values) => {
    if (tags === null || nothing) return;
    const fields = choices.filter((field) => chosen.has(field)).map((field) => [field, values[field]]);
    const set = { ...Object.fromEntries(fields), ...(chosen.has("owner") && { ownerKind: values.ownerKind }) };
    const onSuccess = (answer: AnnotatedAnswer) => {
      toast.show({ title: summaryOf(answer) });
      onClose();
    };
    annotate.mutate({ accountIds, set, ...tags }, { onSuccess });
  });
  const blocked = nothing ? "Tick at least one field." : tags === null ? "Correct the tags first." : undefined;

  return (
    <Dialog
      open
      size="lg"
      title={`Annotate ${counted(accountIds.length, "service account")}`}
      description="Only what is ticked is set, on each of them. A ticked field that is empty is emptied."
      dismissible={!annotate.isPending}
      onOpenChange={(open) => !open && !annotate.isPending && onClose()}
      footer={
        <>
          <Button onClick={onClose} disabledReason={annotate.isPending ? "Wait until this is done." : undefined}>
            Cancel
          </Button>
          <Button variant="primary" loading={annotate.isPending} disabledReason={blocked} onClick={save}>
            Annotate {counted(accountIds.length, "service account")}
          </Button>
        </>
      }
    >
      <form noValidate className="grid gap-4" onSubmit={save}>
        {choices.map((field) => (
          <div key={field} className="grid gap-2">
            <Checkbox
              label={`Set ${fieldWords[field].label.toLowerCase()}`}
              checked={chosen.has(field)}
              onCheckedChange={(add) => toggle(field, add)}
            />
            {chosen.has(field) ? (
              <div className="grid gap-3 border-line border-l-2 pl-4">
                <AnnotationField form={form} name={field} />
                {field === "owner" ? <AnnotationField form={form} name="ownerKind" /> : null}
              </div>
            ) : null}
          </div>
        ))}
        <BulkTags onChange={setTags} />
        {annotate.error ? <ChangeFailure error={annotate.error} changed="Nothing was saved." /> : null}
      </form>
    </Dialog>
  );
}

function summaryOf({ changed, unchanged, missing }: AnnotatedAnswer): string {
  const parts = [`${counted(changed, "service account")} annotated`];
  if (unchanged > 0) parts.push(`${unchanged} said so already`);
  if (missing > 0) parts.push(`${missing} no longer in the inventory`);
  return `${parts.join(", ")}.`;
}
