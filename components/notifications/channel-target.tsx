import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ChannelForm, ChannelProblems } from "./channel-form";

type ChannelTargetProps = {
  form: ChannelForm;
  stored: boolean;
  problems: ChannelProblems;
  set: (part: Partial<ChannelForm>) => void;
};

const urlDescriptions = {
  slack: "The address of an incoming webhook, made at Slack for one conversation.",
  webhook: "It gets signed JSON by the Standard Webhooks specification, at an https address of the public internet.",
} as const;

/** Where a channel sends to. */
export function ChannelTarget({ form, stored, problems, set }: ChannelTargetProps) {
  if (form.kind === "mail") {
    return (
      <>
        <Checkbox
          label="Write to each account's contact"
          description="As it is recorded with the account. What has no contact goes to the addresses below."
          checked={form.toOwners}
          onCheckedChange={(toOwners) => set({ toOwners })}
        />
        <Field
          label="Addresses"
          description={form.toOwners ? "For accounts without a contact, and for tests." : "Every warning goes to each."}
          error={problems.addresses}
          hint="Separated by commas."
        >
          <Input
            value={form.addresses}
            spellCheck={false}
            onChange={(event) => set({ addresses: event.target.value })}
          />
        </Field>
      </>
    );
  }
  return (
    <>
      <Field
        label="Address"
        description={urlDescriptions[form.kind]}
        error={problems.url}
        hint={stored ? "It is kept sealed and not shown again. Left empty it stays." : "Kept sealed, not shown again."}
      >
        <Input
          mono
          type="url"
          autoComplete="off"
          spellCheck={false}
          placeholder={stored ? "unchanged" : undefined}
          value={form.url}
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      {form.kind === "webhook" && stored ? (
        <Checkbox
          label="Make a new signing secret"
          description="The one in use stops signing at once."
          checked={form.renewSecret}
          onCheckedChange={(renewSecret) => set({ renewSecret })}
        />
      ) : null}
    </>
  );
}
