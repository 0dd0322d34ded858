"use client";

import { Controller, type FieldPath, type UseFormReturn } from "react-hook-form";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import type { Annotation, AnnotationKey } from "@/lib/domain/annotation";
import type { AnnotationFormValues } from "./annotation-form-values";

export type AnnotationForm = UseFormReturn<AnnotationFormValues, unknown, Annotation>;
type Words = { label: string; description?: string; rows?: number };

export const fieldWords: Record<AnnotationKey, Words> = {
  owner: { label: "Owner", description: "The person or team that answers for it." },
  ownerKind: { label: "The owner is" },
  contact: { label: "Contact", description: "An e-mail address: warnings about it go there." },
  purpose: { label: "Purpose", description: "Who depends on it, and what breaks without it.", rows: 2 },
  ticket: { label: "Ticket", description: "An address or a number." },
  tags: { label: "Tags", description: "Small letters and digits, with spaces between." },
  leadTimeDays: {
    label: "Lead time in days",
    description: "What the owner needs to bring a new secret to where it is used.",
  },
  timeZone: { label: "Time zone", description: "Of the owner, for warnings." },
  roleReason: { label: "Why owner or admin", description: "Where it holds such a role.", rows: 2 },
  neverReason: { label: "Why it never expires", description: "Where it does not.", rows: 2 },
  notes: { label: "Notes", description: "Never a secret: every operator can read this.", rows: 3 },
};

const kinds = [
  { value: "person" as const, label: "A person" },
  { value: "team" as const, label: "A team" },
];

/** One field of an annotation with its words and its error. */
export function AnnotationField({ form, name }: { form: AnnotationForm; name: AnnotationKey }) {
  const { label, description, rows } = fieldWords[name];
  const path: FieldPath<AnnotationFormValues> = name;
  if (name === "ownerKind") {
    return (
      <Controller
        control={form.control}
        name="ownerKind"
        render={({ field: { value, onChange } }) => (
          <FieldGroup legend={label}>
            <RadioGroup appearance="segments" options={kinds} value={value ?? "person"} onValueChange={onChange} />
          </FieldGroup>
        )}
      />
    );
  }
  return (
    <Field name={name} label={label} description={description} error={form.formState.errors[name]?.message}>
      {name === "timeZone" ? (
        <Controller
          control={form.control}
          name="timeZone"
          render={({ field }) => (
            <Combobox
              placeholder="UTC"
              options={timeZones().map((zone) => ({ value: zone, label: zone }))}
              value={field.value || null}
              onValueChange={(zone) => field.onChange(zone ?? "")}
            />
          )}
        />
      ) : rows ? (
        <Textarea rows={rows} {...form.register(path)} />
      ) : (
        <Input
          autoComplete="off"
          inputMode={name === "leadTimeDays" ? "numeric" : undefined}
          {...form.register(path)}
        />
      )}
    </Field>
  );
}

function timeZones(): string[] {
  return Intl.supportedValuesOf("timeZone");
}
