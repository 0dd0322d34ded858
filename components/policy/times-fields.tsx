import { useState } from "react";
import { useController } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SectionCard } from "@/components/ui/section-card";
import { NumberField } from "./number-field";
import { entriesOf, firstMessage, type PolicyForm } from "./policy-form-values";

/** When owners are warned, and how rotations go: what is no rule but belongs to the policy. */
export function TimesFields({ form }: { form: PolicyForm }) {
  return (
    <SectionCard title="Warnings and rotations">
      <div className="grid gap-4 sm:grid-cols-2">
        <WarningDaysField form={form} />
        <NumberField
          form={form}
          path="rotation.lifetimeDays"
          label="Lifetime of a replacement"
          description="Days from its creation to its expiry."
        />
        <NumberField
          form={form}
          path="rotation.leadTimeDays"
          label="Lead time"
          description="Days owners need to bring a new secret to where it is used, unless an account says otherwise."
        />
        <NumberField
          form={form}
          path="rotation.overlapDays"
          label="Overlap"
          description="Days on which both accounts work side by side."
        />
        <NumberField
          form={form}
          path="rotation.quietDays"
          label="Quiet days"
          description="Days a predecessor without a known rhythm has to be silent before it may go."
        />
      </div>
    </SectionCard>
  );
}

function WarningDaysField({ form }: { form: PolicyForm }) {
  const { field, fieldState } = useController({ control: form.control, name: "warningDays" });
  const [text, setText] = useState((field.value ?? []).join(", "));
  return (
    <Field
      name="warningDays"
      label="Warning days"
      description="Days before an expiry at which its owner is warned, once each: 90, 30, 7, 1."
      error={firstMessage(fieldState.error)}
    >
      <Input
        ref={field.ref}
        value={text}
        onBlur={field.onBlur}
        onChange={(event) => {
          setText(event.target.value);
          field.onChange(entriesOf(event.target.value).map(Number));
        }}
      />
    </Field>
  );
}
