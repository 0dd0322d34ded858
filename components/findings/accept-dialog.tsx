"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useNow } from "@/components/ui/now-provider";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { ApiError } from "@/lib/api-client/api-error";
import { acceptFinding } from "@/lib/api-client/findings";
import {
  type AcceptInput,
  acceptInputSchema,
  type FindingRow,
  LONGEST_ACCEPTANCE_DAYS,
} from "@/lib/domain/finding-view";

type AcceptDialogProps = { organizationKey: string; finding: FindingRow; onClose: () => void };

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const formSchema = acceptInputSchema.pick({ reason: true, until: true });
type FormValues = Pick<AcceptInput, "reason" | "until">;

/** Answering for a finding: why, and until when at the latest somebody looks at it again. */
export function AcceptDialog({ organizationKey, finding, onClose }: AcceptDialogProps) {
  const now = useNow();
  const day = (days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10);
  const formId = useId();
  const toast = useToast();
  const { accountId, rule, accountName, sentence } = finding;
  const form = useForm<FormValues>({
    resolver: zodResolver(formSchema),
    defaultValues: { reason: "", until: day(USUAL_DAYS) },
  });
  const accept = useChange(organizationKey, (values: FormValues, idempotencyKey) =>
    acceptFinding(organizationKey, { accountId, rule, ...values }, idempotencyKey),
  );
  const { errors } = form.formState;
  const wrongDay = accept.error instanceof ApiError ? accept.error.failure.fields?.until : undefined;
  const send = form.handleSubmit((values) =>
    accept.mutate(values, {
      onSuccess: () => {
        toast.show({ title: `Accepted for ${accountName} until ${values.until}.` });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !accept.isPending && onClose()}
      dismissible={!accept.isPending}
      title={`Accept this finding about ${accountName}`}
      description={sentence}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={accept.isPending}>
            Accept finding
          </Button>
        </>
      }
    >
      <form id={formId} className="grid gap-4" onSubmit={send} noValidate>
        <Field
          name="reason"
          label="Reason"
          description="For whoever reads this next. It stands in the audit log with your name."
          error={errors.reason?.message}
        >
          <Textarea {...form.register("reason")} rows={3} />
        </Field>
        <Field
          name="until"
          label="Accepted until"
          description={`The last day on which it counts, at most ${LONGEST_ACCEPTANCE_DAYS} days ahead. After it the finding is open again.`}
          error={errors.until?.message ?? wrongDay}
        >
          <Input type="date" min={day(0)} max={day(LONGEST_ACCEPTANCE_DAYS)} {...form.register("until")} />
        </Field>
        {accept.error && !wrongDay ? <ChangeFailure error={accept.error} changed="Nothing was accepted." /> : null}
      </form>
    </Dialog>
  );
}
