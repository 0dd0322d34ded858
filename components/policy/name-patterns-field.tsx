import { Plus, Trash2 } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { PolicyForm } from "./policy-form-values";

const PATTERNS_MAX = 50;

/** The agreed forms of names, each with what it is for and a name that has it. */
export function NamePatternsField({ form }: { form: PolicyForm }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "rules.name_pattern.patterns" });
  const errors = form.formState.errors.rules?.name_pattern?.patterns;
  return (
    <div className="grid gap-3">
      {fields.map(({ id }, index) => {
        const place = `rules.name_pattern.patterns.${index}` as const;
        return (
          <fieldset key={id} className="grid items-start gap-3 sm:grid-cols-[1fr_1.5fr_1fr_auto]">
            <legend className="sr-only">Form {index + 1}</legend>
            <Field name={`${place}.purpose`} label="Purpose" error={errors?.[index]?.purpose?.message}>
              <Input {...form.register(`${place}.purpose`)} placeholder="Exports" />
            </Field>
            <Field name={`${place}.pattern`} label="Pattern" error={errors?.[index]?.pattern?.message}>
              <Input
                {...form.register(`${place}.pattern`)}
                mono
                spellCheck={false}
                placeholder="export-[a-z]+(-[a-z]+)*"
              />
            </Field>
            <Field name={`${place}.example`} label="Example" error={errors?.[index]?.example?.message}>
              <Input {...form.register(`${place}.example`)} mono spellCheck={false} placeholder="export-warehouse" />
            </Field>
            <IconButton
              className="sm:mt-6.5"
              label={`Remove form ${index + 1}`}
              icon={<Trash2 aria-hidden />}
              onClick={() => remove(index)}
            />
          </fieldset>
        );
      })}
      <Button
        className="w-fit"
        icon={<Plus aria-hidden />}
        disabledReason={fields.length >= PATTERNS_MAX ? `At most ${PATTERNS_MAX} forms.` : undefined}
        onClick={() => append({ purpose: "", pattern: "", example: "" })}
      >
        Add a form of names
      </Button>
    </div>
  );
}
