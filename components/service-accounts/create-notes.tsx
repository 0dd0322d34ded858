"use client";

import { ChevronRight } from "lucide-react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { SectionCard } from "@/components/ui/section-card";
import { Textarea } from "@/components/ui/textarea";
import type { CreateFormValues } from "./create-form-values";

const kinds = [
  { value: "person" as const, label: "A person" },
  { value: "team" as const, label: "A team" },
];

/** Name, owner and purpose; what fewer people need is behind "More". */
export function CreateNotes({ form }: { form: UseFormReturn<CreateFormValues> }) {
  const { errors } = form.formState;
  const hiddenError = Boolean(errors.contact || errors.ticket || errors.tags);
  return (
    <SectionCard title="What it is for">
      <div className="grid gap-4">
        <Field
          name="name"
          label="Name"
          description="What it serves, then where: warehouse-export-prod, ci-lexicon-sync. Mixpanel adds six characters and keeps the whole as the username, for good."
          error={errors.name?.message}
        >
          <Input {...form.register("name")} autoComplete="off" spellCheck={false} autoFocus={false} />
        </Field>
        <Field
          name="owner"
          label="Owner"
          optional
          description="The person or team that answers for it."
          error={errors.owner?.message}
        >
          <Input {...form.register("owner")} autoComplete="off" />
        </Field>
        <Field
          name="purpose"
          label="Purpose"
          optional
          description="Who depends on it and what breaks without it. Kept in Keywarden, for the person who finds it in two years."
          error={errors.purpose?.message}
        >
          <Textarea {...form.register("purpose")} rows={2} />
        </Field>
        <details className="group" open={hiddenError || undefined}>
          <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm font-medium text-accent [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
            More: contact, ticket, tags
          </summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            <Field
              name="contact"
              label="Contact"
              optional
              description="An e-mail address: warnings about it go there."
              error={errors.contact?.message}
            >
              <Input {...form.register("contact")} type="email" autoComplete="off" />
            </Field>
            <Controller
              control={form.control}
              name="ownerKind"
              render={({ field }) => (
                <FieldGroup legend="The owner is">
                  <RadioGroup
                    appearance="segments"
                    options={kinds}
                    value={field.value}
                    onValueChange={field.onChange}
                  />
                </FieldGroup>
              )}
            />
            <Field
              name="ticket"
              label="Ticket"
              optional
              description="An address or a number."
              error={errors.ticket?.message}
            >
              <Input {...form.register("ticket")} autoComplete="off" />
            </Field>
            <Field
              name="tags"
              label="Tags"
              optional
              description="Small letters and digits, with spaces between."
              error={errors.tags?.message}
            >
              <Input {...form.register("tags")} autoComplete="off" spellCheck={false} />
            </Field>
          </div>
        </details>
      </div>
    </SectionCard>
  );
}
