import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { type Severity, severities } from "@/lib/domain/policy";
import type { ChannelForm, ChannelProblems } from "./channel-form";
import { ChannelTarget } from "./channel-target";

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));
export const severityNames: Record<Severity, string> = { critical: "Critical", warning: "Warning", notice: "Notice" };
const severityMeanings: Record<Severity, string> = {
  critical: "7 days or less before it expires, or before its rotation has to start",
  warning: "30 days or less",
  notice: "Earlier than that",
};

type ChannelFieldsProps = {
  form: ChannelForm;
  /** A stored channel: its address stays unless another is typed. */
  stored: boolean;
  problems: ChannelProblems;
  onChange: (form: ChannelForm) => void;
};

export function ChannelFields({ form, stored, problems, onChange }: ChannelFieldsProps) {
  const set = (part: Partial<ChannelForm>) => onChange({ ...form, ...part });
  return (
    <div className="grid gap-5">
      <Field label="Name" error={problems.name}>
        <Input value={form.name} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <ChannelTarget form={form} stored={stored} problems={problems} set={set} />
      <FieldGroup legend="Which warnings" error={problems.severities}>
        {severities.map((severity) => (
          <Checkbox
            key={severity}
            label={severityNames[severity]}
            description={severityMeanings[severity]}
            checked={form.severities.includes(severity)}
            onCheckedChange={(checked) =>
              set({
                severities: severities.filter((each) => (each === severity ? checked : form.severities.includes(each))),
              })
            }
          />
        ))}
      </FieldGroup>
      <Checkbox
        label="Also new findings"
        description="Departures from the policy of these severities, once each at the same hour."
        checked={form.findings}
        onCheckedChange={(findings) => set({ findings })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Only of these owners" optional error={problems.owners} hint="Separated by commas.">
          <Input value={form.owners} onChange={(event) => set({ owners: event.target.value })} />
        </Field>
        <Field label="Or with one of these tags" optional error={problems.tags} hint="Both empty: every account.">
          <Input value={form.tags} onChange={(event) => set({ tags: event.target.value })} />
        </Field>
      </div>
      <FieldGroup legend="Together or one by one">
        <RadioGroup
          appearance="segments"
          options={[
            { value: "digest", label: "One digest" },
            { value: "single", label: "One per account" },
          ]}
          value={form.delivery}
          onValueChange={(delivery) => set({ delivery })}
        />
      </FieldGroup>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Hour of the day" error={problems.hour} hint="In the time zone of the account's owner.">
          <Select options={hours} value={form.hour} onValueChange={(hour) => set({ hour })} />
        </Field>
        <Field label="Time zone otherwise" error={problems.timeZone} hint="Where the owner's is not recorded.">
          <Input value={form.timeZone} spellCheck={false} onChange={(event) => set({ timeZone: event.target.value })} />
        </Field>
      </div>
      <Checkbox
        label="Send"
        description="Switched off it stays here and is quiet; what comes due meanwhile is told when it is on again."
        checked={form.enabled}
        onCheckedChange={(enabled) => set({ enabled })}
      />
    </div>
  );
}
