"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { ApiError } from "@/lib/api-client/api-error";
import { addOrganization } from "@/lib/api-client/organizations";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { CredentialInput, FoundOrganization } from "@/lib/domain/organization-credential";
import { pages } from "@/lib/paths/paths";
import { FoundOrganizations } from "./found-organizations";

type KeepProps = {
  credential: CredentialInput;
  found: readonly FoundOrganization[];
  chosen: FoundOrganization;
  onChoose: (mixpanelId: number) => void;
  onBack: () => void;
  onClose: () => void;
};

/** The second step: what was found, and under which key it is kept. */
export function KeepOrganizationDialog({ credential, found, chosen, onChoose, onBack, onClose }: KeepProps) {
  const [key, setKey] = useState("");
  const router = useRouter();
  const toast = useToast();
  const client = useQueryClient();
  const { mixpanelId, keyTaken, refusal } = chosen;
  // The credential is taken from here, not from the variables of the mutation, which a cache would keep.
  const keep = useChange(String(mixpanelId), (input: { organizationId: number; key?: string }, idempotencyKey) =>
    addOrganization({ ...credential, ...input }, idempotencyKey),
  );
  const wrongKey = keep.error instanceof ApiError ? keep.error.failure.fields?.key : undefined;
  const ownKey = key.trim();
  function submit() {
    const input = { organizationId: mixpanelId, ...(ownKey !== "" && { key: ownKey }) };
    keep.mutate(input, {
      onSuccess: async (added) => {
        await client.invalidateQueries({ queryKey: queryKeys.organizations, exact: true });
        toast.show({ title: `${added.name} is connected.`, description: "Its first sync is under way." });
        onClose();
        router.push(pages.overview(added.key));
      },
    });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !keep.isPending && onClose()}
      dismissible={!keep.isPending}
      title="What was found"
      description="The secret is kept sealed in Keywarden's database. Nothing changes at Mixpanel."
      footer={
        <>
          <Button onClick={onBack} disabledReason={keep.isPending ? "Wait until this is done." : undefined}>
            Back
          </Button>
          <Button
            variant="primary"
            loading={keep.isPending}
            disabledReason={refusal ?? (keyTaken && ownKey === "" ? "Give it a key of its own first." : undefined)}
            onClick={submit}
          >
            Keep and connect
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <FoundOrganizations organizations={found} chosen={chosen} onChoose={onChoose} />
        {refusal === null ? (
          <Field
            label="Key"
            optional={!keyTaken}
            description={
              keyTaken
                ? `Its place in this console's addresses: ${mixpanelId} is taken.`
                : `Its place in this console's addresses; ${mixpanelId} when left empty.`
            }
            error={wrongKey}
          >
            <Input autoComplete="off" value={key} onChange={(event) => setKey(event.target.value)} />
          </Field>
        ) : null}
        {keep.error && wrongKey === undefined ? <ChangeFailure error={keep.error} changed="Nothing was kept." /> : null}
      </div>
    </Dialog>
  );
}
