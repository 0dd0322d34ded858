import { useState } from "react";
import { useController } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { entriesOf, firstMessage, type LinesPath, type PolicyForm } from "./policy-form-values";

type LinesFieldProps = { form: PolicyForm; path: LinesPath; label: string; description: string };

/** A list written one entry a line; what is typed stays as it is typed. */
export function LinesField({ form, path, label, description }: LinesFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: path });
  const [text, setText] = useState((field.value ?? []).join("\n"));
  return (
    <Field name={path} label={label} optional description={description} error={firstMessage(fieldState.error)}>
      <Textarea
        rows={3}
        mono
        spellCheck={false}
        ref={field.ref}
        value={text}
        onBlur={field.onBlur}
        onChange={(event) => {
          setText(event.target.value);
          field.onChange(entriesOf(event.target.value));
        }}
      />
    </Field>
  );
}
