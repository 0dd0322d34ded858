"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { ApiError } from "@/lib/api-client/api-error";
import { createCampaign } from "@/lib/api-client/rotations";
import type { CampaignInput } from "@/lib/domain/rotation-view";
import { pages } from "@/lib/paths/paths";

type CampaignDialogProps = {
  organizationKey: string;
  tags: readonly string[];
  /** Set where accounts were selected in the list. */
  accountIds?: readonly number[];
  onClose: () => void;
};

/** Which accounts, by when. Nothing is changed at Mixpanel: each account is rotated by a person. */
export function CampaignDialog({ organizationKey: key, tags, accountIds, onClose }: CampaignDialogProps) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [dueOn, setDueOn] = useState("");
  const [kind, setKind] = useState<"tag" | "search">(tags.length > 0 ? "tag" : "search");
  const [tag, setTag] = useState<string | null>(tags[0] ?? null);
  const [search, setSearch] = useState("");
  const create = useChange(key, (input: CampaignInput, idempotencyKey) => createCampaign(key, input, idempotencyKey));
  const fields = create.error instanceof ApiError ? create.error.failure.fields : undefined;
  const chosenBy = choice({ kind, tag, search, accountIds });
  const blocked = !name.trim()
    ? "Give it a name first."
    : !dueOn
      ? "Say by when first."
      : chosenBy === null
        ? "Choose the service accounts first."
        : undefined;
  const send = () =>
    chosenBy &&
    create.mutate(
      { name: name.trim(), dueOn, chosenBy },
      { onSuccess: ({ id }) => router.push(pages.campaign(key, id)) },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      dismissible={!create.isPending}
      title="New rotation campaign"
      description="Many rotations with one date. Nothing is changed by this: each account is rotated from the campaign's page."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={create.isPending} disabledReason={blocked} onClick={send}>
            Create campaign
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="Name" name="name" error={fields?.name}>
          <Input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Due on" name="dueOn" description="The last day, in UTC." error={fields?.dueOn}>
          <Input type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
        </Field>
        {accountIds ? (
          <p>{counted(accountIds.length, "selected service account")}.</p>
        ) : (
          <FieldGroup legend="Service accounts" error={fields?.chosenBy}>
            <div className="grid gap-2">
              {tags.length > 0 ? (
                <RadioGroup
                  appearance="segments"
                  label="Chosen by"
                  options={[
                    { value: "tag", label: "By tag" },
                    { value: "search", label: "By name" },
                  ]}
                  value={kind}
                  onValueChange={setKind}
                />
              ) : null}
              {kind === "tag" ? (
                <Select
                  label="Tag"
                  options={tags.map((value) => ({ value, label: value }))}
                  value={tag}
                  onValueChange={setTag}
                />
              ) : (
                <Input
                  aria-label="Name contains"
                  placeholder="Part of the name or creator"
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              )}
            </div>
          </FieldGroup>
        )}
        {create.error ? <ChangeFailure error={create.error} changed="No campaign was created." /> : null}
      </div>
    </Dialog>
  );
}

type Choice = {
  kind: "tag" | "search";
  tag: string | null;
  search: string;
  accountIds?: readonly number[] | undefined;
};

function choice({ kind, tag, search, accountIds }: Choice): CampaignInput["chosenBy"] | null {
  if (accountIds) return { kind: "selection", accountIds: [...accountIds] };
  if (kind === "tag") return tag === null ? null : { kind, tag };
  return search.trim() ? { kind, search: search.trim() } : null;
}
