"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { FailurePanel } from "@/components/errors/failure-panel";
import { roleOptions } from "@/components/memberships/role-options";
import { DeleteConsequences } from "@/components/service-accounts/delete-consequences";
import { SecretDialog } from "@/components/service-accounts/secret-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FieldGroup } from "@/components/ui/field-group";
import { useNow } from "@/components/ui/now-provider";
import { RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { breakGlass, rotationPreviewQuery } from "@/lib/api-client/rotations";
import { accountSelectionQuery } from "@/lib/api-client/service-accounts";
import type { ApiBases } from "@/lib/domain/region";
import type { WritableRole } from "@/lib/domain/role";
import { pages } from "@/lib/paths/paths";
import { PlanSummary } from "./plan-summary";
import { TypedName } from "./typed-name";
import { useIssuing } from "./use-issuing";

type BreakGlassDialogProps = {
  organizationKey: string;
  accountId: number;
  name: string;
  apiBases: ApiBases;
  onClose: () => void;
};

/** A leaked secret: what breaks is said, the account is revoked at once, and its replacement is issued in the same step. */
export function BreakGlassDialog({ organizationKey: key, accountId, name, apiBases, onClose }: BreakGlassDialogProps) {
  const router = useRouter();
  const now = new Date(useNow());
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<WritableRole | null>(null);
  const preview = useQuery({ ...rotationPreviewQuery(key, accountId), staleTime: Number.POSITIVE_INFINITY });
  const selection = useQuery({ ...accountSelectionQuery(key, [accountId]), staleTime: Number.POSITIVE_INFINITY });
  const issuing = useIssuing(key, ({ rotation }) => router.push(pages.rotation(key, rotation.id)));
  if (issuing.closed) return null;
  if (issuing.created) {
    return <SecretDialog organizationKey={key} created={issuing.created} apiBases={apiBases} onClose={issuing.close} />;
  }
  const { plan, refusal, replacementName, openRotationId, roles = [] } = preview.data ?? {};
  const asks = plan?.role === null && !openRotationId;
  const known = preview.data && selection.data;
  const blocked = known
    ? (refusal ??
      (asks && !role ? "Choose its role first." : undefined) ??
      (typed.trim() === name ? undefined : `Type ${name} first.`))
    : "Wait until it is known what this touches.";
  const revoke = () =>
    issuing.send((idempotencyKey) =>
      breakGlass(key, { accountId, confirmation: typed.trim(), ...(asks && role && { role }) }, idempotencyKey),
    );
  const failed = preview.error ?? selection.error;
  return (
    <Dialog
      open
      size="lg"
      dismissible={!issuing.isPending}
      onOpenChange={(open) => !open && onClose()}
      title={`Has the secret of ${name} leaked?`}
      description="It is revoked at once by deleting the service account. This cannot be undone: whoever uses it gets 401 until they have the new secret."
      footer={
        <>
          <Button onClick={onClose} disabledReason={issuing.isPending ? "Wait until this is done." : undefined}>
            Keep
          </Button>
          <Button variant="danger" loading={issuing.isPending} disabledReason={blocked ?? undefined} onClick={revoke}>
            Revoke and issue a replacement
          </Button>
        </>
      }
    >
      {failed ? (
        <FailurePanel error={failed} onRetry={() => Promise.all([preview.refetch(), selection.refetch()])} />
      ) : selection.data && preview.data ? (
        <div className="grid gap-4">
          <DeleteConsequences selection={selection.data} now={now} />
          {plan && replacementName && !openRotationId ? (
            <PlanSummary plan={plan} replacementName={replacementName} />
          ) : null}
          {asks ? (
            <FieldGroup legend="Organization role of the replacement" description="Mixpanel does not tell the old one.">
              <RadioGroup options={roleOptions(roles)} value={role} onValueChange={setRole} />
            </FieldGroup>
          ) : null}
          <TypedName name={name} value={typed} onChange={setTyped} />
          {issuing.error ? <ChangeFailure error={issuing.error} changed="Nothing was revoked." /> : null}
        </div>
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}
