"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { SecretValue } from "@/components/service-accounts/secret-value";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { makeFeed } from "@/lib/api-client/feeds";
import { organizationsQuery } from "@/lib/api-client/organizations";
import type { FeedKind } from "@/lib/domain/feed";

const kinds = [
  {
    value: "calendar",
    label: "Calendar",
    description: "Expiries, and the days by which rotations have to start, as iCalendar.",
  },
  { value: "changes", label: "Changes", description: "What was changed in the organization, as Atom." },
] as const;

/** Makes a private address and shows it this once. */
export function MakeFeedDialog({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const organizations = useQuery(organizationsQuery()).data?.organizations ?? [];
  const [kind, setKind] = useState<FeedKind>("calendar");
  const [chosen, setChosen] = useState<string | null>(null);
  const [owner, setOwner] = useState("");
  const [address, setAddress] = useState<string | null>(null);
  const organizationKey = chosen ?? organizations[0]?.key ?? null;
  // The address is kept here alone: what the mutation answers would stay in its cache.
  const make = useChange("", async (_: null, key) => {
    const made = await makeFeed({ organizationKey: organizationKey ?? "", kind, owner: owner || null }, key);
    setAddress(made.address);
    onMade();
    return made.feed.id;
  });
  if (address !== null) return <FeedAddress kind={kind} address={address} onClose={onClose} />;
  const missing = organizationKey === null ? "No organization is connected yet." : undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !make.isPending && onClose()}
      title="New feed"
      description="Anyone with its address can read it. It is shown once and can be revoked at any time."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={make.isPending} disabledReason={missing} onClick={() => make.mutate(null)}>
            Make feed
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="Organization">
          <Select
            options={organizations.map(({ key, name }) => ({ value: key, label: name }))}
            value={organizationKey}
            onValueChange={setChosen}
          />
        </Field>
        <FieldGroup legend="What it tells">
          <RadioGroup options={kinds} value={kind} onValueChange={setKind} />
        </FieldGroup>
        {kind === "calendar" ? (
          <Field label="Only accounts of this owner" optional hint="A person or a team, as recorded with the account.">
            <Input value={owner} onChange={(event) => setOwner(event.target.value)} />
          </Field>
        ) : null}
        {make.error ? <ChangeFailure error={make.error} changed="No feed was made." /> : null}
      </div>
    </Dialog>
  );
}

function FeedAddress({ kind, address, onClose }: { kind: FeedKind; address: string; onClose: () => void }) {
  const where = kind === "calendar" ? "your calendar, as a subscription by address" : "your feed reader";
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title="Address of your feed"
      description={`Give it to ${where}. It is not shown again.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <SecretValue label="Address" value={address} />
    </Dialog>
  );
}
