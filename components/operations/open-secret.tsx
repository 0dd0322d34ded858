"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { SecretDialog } from "@/components/service-accounts/secret-dialog";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useNow } from "@/components/ui/now-provider";
import { RelativeTime } from "@/components/ui/relative-time";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { openSecret, operationsQuery } from "@/lib/api-client/operations";
import type { CreatedAnswer, OperationView } from "@/lib/domain/change";
import { hasPermission } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";

type OpenSecretProps = { organizationKey: string; accountId: number; apiBases: ApiBases };

/** For ten minutes its creator may open the secret again; afterwards the page says that it is gone. */
export function OpenSecret({ organizationKey, accountId, apiBases }: OpenSecretProps) {
  const { role } = useOperator();
  const now = useNow();
  const [created, setCreated] = useState<CreatedAnswer | null>(null);
  const operations = useQuery({
    ...operationsQuery(organizationKey),
    enabled: hasPermission(role, "account:create"),
  });
  const operation = operations.data?.operations.find(
    (each) => each.accountId === accountId && each.mine && each.secretUntil !== null,
  );
  const stillOpen = operation?.secretUntil && Date.parse(operation.secretUntil) > now;
  return (
    <>
      {stillOpen ? <StillOpen organizationKey={organizationKey} operation={operation} onOpened={setCreated} /> : null}
      {created ? (
        <SecretDialog
          organizationKey={organizationKey}
          created={created}
          apiBases={apiBases}
          onClose={() => setCreated(null)}
        />
      ) : null}
    </>
  );
}

type StillOpenProps = {
  organizationKey: string;
  operation: OperationView;
  onOpened: (created: CreatedAnswer) => void;
};

function StillOpen({ organizationKey, operation, onOpened }: StillOpenProps) {
  // gcTime 0 and state outside the cache: the secret lives in the dialog alone.
  const open = useMutation({
    gcTime: 0,
    mutationFn: async () => onOpened(await openSecret(organizationKey, operation.id, newIdempotencyKey())),
  });
  return (
    <>
      <Notice
        tone="warning"
        title="The secret of this service account was not confirmed as copied."
        action={
          <Button variant="primary" loading={open.isPending} onClick={() => open.mutate()}>
            Open it again
          </Button>
        }
      >
        Only you can, and only for a while: it is purged{" "}
        {operation.secretUntil ? <RelativeTime at={operation.secretUntil} /> : "soon"}. Each opening is on record.
      </Notice>
      {open.error ? <FailurePanel error={open.error} /> : null}
    </>
  );
}
