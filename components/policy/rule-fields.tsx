import { Controller } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Select } from "@/components/ui/select";
import { annotationFields, type RuleId, severities } from "@/lib/domain/policy";
import { writableRoles } from "@/lib/domain/role";
import { LinesField } from "./lines-field";
import { NamePatternsField } from "./name-patterns-field";
import { NumberField } from "./number-field";
import { type PolicyForm, ruleNumbers } from "./policy-form-values";
import { ruleWords, severityLooks } from "./rule-words";

type RuleFieldsProps = { form: PolicyForm; rule: RuleId };
const severityOptions = severities.map((value) => ({ value, label: severityLooks[value].word }));

/** One rule: whether it counts, how much, and what exactly it asks for. */
export function RuleFields({ form, rule }: RuleFieldsProps) {
  const { title, about } = ruleWords[rule];
  const enabled = form.watch(`rules.${rule}.enabled`) ?? false;
  const number = ruleNumbers[rule];
  return (
    <li className="grid gap-3 border-line border-b px-4 py-3.5 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <Controller
          control={form.control}
          name={`rules.${rule}.enabled`}
          render={({ field }) => (
            <Checkbox
              label={title}
              description={about}
              checked={field.value ?? false}
              onCheckedChange={field.onChange}
            />
          )}
        />
        {enabled ? (
          <Controller
            control={form.control}
            name={`rules.${rule}.severity`}
            render={({ field }) => (
              <Select
                className="w-32"
                label={`Severity of ${title}`}
                options={severityOptions}
                value={field.value ?? "notice"}
                onValueChange={field.onChange}
              />
            )}
          />
        ) : null}
      </div>
      {enabled ? (
        <div className="grid gap-3 pl-6 empty:hidden">
          {number ? <NumberField form={form} {...number} /> : null}
          <MoreFields form={form} rule={rule} />
        </div>
      ) : null}
    </li>
  );
}

/** What no other rule asks for. */
function MoreFields({ form, rule }: RuleFieldsProps) {
  switch (rule) {
    case "highest_role":
      return (
        <>
          <Controller
            control={form.control}
            name="rules.highest_role.role"
            render={({ field }) => (
              <Field label="Role">
                <Select
                  className="w-40"
                  options={writableRoles.map((value) => ({ value, label: value }))}
                  value={field.value ?? "analyst"}
                  onValueChange={field.onChange}
                />
              </Field>
            )}
          />
          <LinesField
            form={form}
            path="rules.highest_role.exceptions"
            label="Who may hold more"
            description="Names or usernames, one a line."
          />
        </>
      );
    case "creator_gone":
      return (
        <LinesField
          form={form}
          path="rules.creator_gone.emails"
          label="People who have left"
          description="Their e-mail addresses at Mixpanel, one a line."
        />
      );
    case "annotated":
      return (
        <Controller
          control={form.control}
          name="rules.annotated.fields"
          render={({ field, fieldState }) => (
            <FieldGroup legend="Has to be recorded" error={fieldState.error?.message}>
              <div className="flex flex-wrap gap-x-5 gap-y-1">
                {annotationFields.map((name) => (
                  <Checkbox
                    key={name}
                    label={name}
                    checked={field.value?.includes(name) ?? false}
                    onCheckedChange={(checked) =>
                      field.onChange(
                        annotationFields.filter((each) => (each === name ? checked : field.value?.includes(each))),
                      )
                    }
                  />
                ))}
              </div>
            </FieldGroup>
          )}
        />
      );
    case "name_pattern":
      return <NamePatternsField form={form} />;
    default:
      return null;
  }
}
