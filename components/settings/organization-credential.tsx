"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { credentialQuery } from "@/lib/api-client/organizations";
import type { OrganizationView } from "@/lib/domain/inventory-view";
import { regionNames } from "@/lib/domain/region";
import { CredentialFacts } from "./credential-facts";
import { ManualRotation } from "./manual-rotation";
import { RemoveOrganizationDialog } from "./remove-organization-dialog";
import { ReplaceCredentialDialog } from "./replace-credential-dialog";
import { RotateCredentialDialog } from "./rotate-credential-dialog";
import { RotationPanel } from "./rotation-panel";

const dialogs = { replace: ReplaceCredentialDialog, rotate: RotateCredentialDialog, remove: RemoveOrganizationDialog };
type Opened = keyof typeof dialogs | null;

/** One organization's credential with what may be done about it. */
export function OrganizationCredential({ organization }: { organization: OrganizationView }) {
  const { key, name, region, mixpanelId } = organization;
  const credential = useQuery(credentialQuery(key));
  const [opened, setOpened] = useState<Opened>(null);
  const view = credential.data;
  const Dialog = opened && dialogs[opened];
  const busy = view?.rotation ? "Finish or cancel the rotation first." : undefined;
  return (
    <section aria-label={name} className="grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="break-words font-semibold">{name}</h3>
          <p className="text-ink-muted text-sm">
            {regionNames[region]} · {mixpanelId}
          </p>
        </div>
        {view?.source === "database" ? (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" disabledReason={busy} onClick={() => setOpened("rotate")}>
              Rotate
            </Button>
            <Button size="sm" disabledReason={busy} onClick={() => setOpened("replace")}>
              Replace
            </Button>
            <Button size="sm" variant="ghost" disabledReason={busy} onClick={() => setOpened("remove")}>
              Remove
            </Button>
          </div>
        ) : null}
      </div>
      {credential.error ? (
        <FailurePanel error={credential.error} onRetry={() => credential.refetch()} />
      ) : view ? (
        <>
          <CredentialFacts view={view} />
          {view.rotation ? <RotationPanel organizationKey={key} rotation={view.rotation} /> : null}
          {view.source === "environment" ? <ManualRotation organizationKey={key} view={view} /> : null}
        </>
      ) : (
        <Skeleton className="h-16" />
      )}
      {Dialog && view ? <Dialog organization={organization} view={view} onClose={() => setOpened(null)} /> : null}
    </section>
  );
}
