"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { OperationCard } from "@/components/operations/operation-card";
import { ApiError } from "@/lib/api-client/api-error";
import { operationQuery } from "@/lib/api-client/operations";
import type { ApiBases } from "@/lib/domain/region";

type CreateFailureProps = {
  organizationKey: string;
  apiBases: ApiBases;
  error: unknown;
  /** Called when it is known what became of a create whose answer was lost. */
  onSettled: () => void;
};

/** Why no secret came; where Mixpanel's answer was lost, what is known of the account and the one safe next step. */
export function CreateFailure({ organizationKey, apiBases, error, onSettled }: CreateFailureProps) {
  const lost = error instanceof ApiError && error.code === "outcome_unknown" ? error.failure.operationId : undefined;
  const operation = useQuery({
    ...operationQuery(organizationKey, lost ?? ""),
    enabled: lost !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === "reconciled" ? false : 5_000),
  });
  const settled = operation.data?.state === "reconciled";
  useEffect(() => {
    if (settled) onSettled();
  }, [settled, onSettled]);

  if (!operation.data) return <ChangeFailure error={error} changed="No service account was created." />;
  return (
    <div role="alert">
      <OperationCard organizationKey={organizationKey} operation={operation.data} apiBases={apiBases} />
    </div>
  );
}
