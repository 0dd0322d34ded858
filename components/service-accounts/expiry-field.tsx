"use client";

import { Controller, type UseFormReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { type CreateFormValues, chosenExpiry, expiryChoices } from "./create-form-values";

const words: Record<string, string> = { date: "A date", never: "Never" };
const options = expiryChoices.map((value) => ({ value, label: words[value] ?? `${value} days` }));

/** Presets with the resulting instant echoed; a date ends with its UTC day; "Never" asks for a reason. */
export function ExpiryField({ form, now }: { form: UseFormReturn<CreateFormValues>; now: Date }) {
  const { errors } = form.formState;
  const [expiry, date] = form.watch(["expiry", "date"]);
  const expiresAt = chosenExpiry({ expiry, date }, now);
  return (
    <div className="grid gap-4">
      <Controller
        control={form.control}
        name="expiry"
        render={({ field }) => (
          <FieldGroup
            legend="Expires"
            hint={
              <span role="status">
                {expiresAt ? `Expires ${formatAbsoluteTime(expiresAt)}. After that its requests answer 401.` : null}
                {expiresAt === null
                  ? "Never expires: nobody will be reminded, and a leaked secret works for good."
                  : null}
              </span>
            }
          >
            <RadioGroup appearance="segments" options={options} value={field.value} onValueChange={field.onChange} />
          </FieldGroup>
        )}
      />
      {expiry === "date" ? (
        <Field name="date" label="Last day, in UTC" error={errors.date?.message} className="max-w-56">
          <Input type="date" min={now.toISOString().slice(0, 10)} {...form.register("date")} />
        </Field>
      ) : null}
      {expiry === "never" ? (
        <Field
          name="neverReason"
          label="Why never"
          description="Goes into the audit record."
          error={errors.neverReason?.message}
        >
          <Textarea rows={2} {...form.register("neverReason")} />
        </Field>
      ) : null}
    </div>
  );
}
