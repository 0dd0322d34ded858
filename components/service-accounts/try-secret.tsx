"use client";

import { useMutation } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { trySecret } from "@/lib/api-client/operations";

/** Signs in at Mixpanel with the new secret, from the server, and tells what it sees. */
export function TrySecret({ organizationKey, operationId }: { organizationKey: string; operationId: string }) {
  const attempt = useMutation({ mutationFn: () => trySecret(organizationKey, operationId, newIdempotencyKey()) });
  return (
    <div className="grid gap-2">
      <div>
        <Button loading={attempt.isPending} onClick={() => attempt.mutate()}>
          Try it
        </Button>
        <span className="ml-2 text-ink-muted text-sm">Asks Mixpanel who this is, with the new secret.</span>
      </div>
      {attempt.error ? <FailurePanel error={attempt.error} /> : null}
      {attempt.data ? (
        <Notice tone={attempt.data.works ? "accent" : "error"} role="status" title={attempt.data.message} />
      ) : null}
    </div>
  );
}
