"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { FailurePanel } from "@/components/errors/failure-panel";
import { roleOptions } from "@/components/memberships/role-options";
import { SecretDialog } from "@/components/service-accounts/secret-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FieldGroup } from "@/components/ui/field-group";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { rotationPreviewQuery, startRotation } from "@/lib/api-client/rotations";
import type { ApiBases } from "@/lib/domain/region";
import type { WritableRole } from "@/lib/domain/role";
import { pages } from "@/lib/paths/paths";
import { PlanSummary } from "./plan-summary";
import { useIssuing } from "./use-issuing";

type RotateDialogProps = {
  organizationKey: string;
  accountId: number;
  name: string;
  apiBases: ApiBases;
  campaignId?: string;
  onClose: () => void;
};

/** Says what a rotation issues, starts it, hands the secret over, and leads to the rotation's page. */
export function RotateDialog({
  organizationKey: key,
  accountId,
  name,
  apiBases,
  campaignId,
  onClose,
}: RotateDialogProps) {
  const router = useRouter();
  const [role, setRole] = useState<WritableRole | null>(null);
  const preview = useQuery(rotationPreviewQuery(key, accountId));
  const issuing = useIssuing(key, ({ rotation }) => router.push(pages.rotation(key, rotation.id)));
  if (issuing.closed) return null;
  if (issuing.created) {
    return <SecretDialog organizationKey={key} created={issuing.created} apiBases={apiBases} onClose={issuing.close} />;
  }
  const { plan, refusal, openRotationId, own, replacementName, roles = [] } = preview.data ?? {};
  const asks = plan?.role === null;
  const blocked = preview.data
    ? (refusal ??
      (openRotationId ? "A rotation of it is open already." : undefined) ??
      (asks && !role ? "Choose its role first." : undefined))
    : "Wait until it is known what this issues.";
  const start = () =>
    issuing.send((idempotencyKey) =>
      startRotation(
        key,
        { accountId, ...(asks && role && { role }), ...(campaignId && { campaignId }) },
        idempotencyKey,
      ),
    );
  return (
    <Dialog
      open
      size="lg"
      dismissible={!issuing.isPending}
      onOpenChange={(open) => !open && onClose()}
      title={`Rotate ${name}?`}
      description="A replacement is issued now. The predecessor stays until the replacement is proven and the predecessor silent."
      footer={
        <>
          <Button onClick={onClose} disabledReason={issuing.isPending ? "Wait until this is done." : undefined}>
            Cancel
          </Button>
          <Button variant="primary" loading={issuing.isPending} disabledReason={blocked ?? undefined} onClick={start}>
            Issue the replacement
          </Button>
        </>
      }
    >
      {preview.error ? (
        <FailurePanel error={preview.error} onRetry={() => preview.refetch()} />
      ) : preview.data ? (
        <div className="grid gap-4">
          {plan && replacementName ? <PlanSummary plan={plan} replacementName={replacementName} /> : null}
          {asks ? (
            <FieldGroup
              legend="Organization role"
              description="Mixpanel does not tell it, and no grant shows it. The replacement gets the one you choose."
            >
              <RadioGroup options={roleOptions(roles)} value={role} onValueChange={setRole} />
            </FieldGroup>
          ) : null}
          {openRotationId ? (
            <Notice
              tone="notice"
              title="A rotation of it is open."
              action={<LinkButton href={pages.rotation(key, openRotationId)}>Go to it</LinkButton>}
            />
          ) : null}
          {refusal ? (
            <Notice
              tone="warning"
              title={refusal}
              action={own ? <LinkButton href={pages.settings}>Settings</LinkButton> : undefined}
            />
          ) : null}
          {issuing.error ? <ChangeFailure error={issuing.error} changed="Nothing was issued." /> : null}
        </div>
      ) : (
        <Skeleton className="h-32" />
      )}
    </Dialog>
  );
}
