import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { NumberPath, PolicyForm } from "./policy-form-values";

type NumberFieldProps = { form: PolicyForm; path: NumberPath; label: string; description?: string; disabled?: boolean };

export function NumberField({ form, path, label, description, disabled }: NumberFieldProps) {
  return (
    <Field
      name={path}
      className={description ? undefined : "w-44"}
      label={label}
      description={description}
      error={form.getFieldState(path, form.formState).error?.message}
    >
      <Input type="number" inputMode="numeric" disabled={disabled} {...form.register(path, { valueAsNumber: true })} />
    </Field>
  );
}
