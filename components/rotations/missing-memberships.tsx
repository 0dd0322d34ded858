"use client";

import { ChangeFailure } from "@/components/changes/change-failure";
import { ChangeResults } from "@/components/changes/change-results";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { Notice } from "@/components/ui/notice";
import { finishMemberships } from "@/lib/api-client/rotations";
import type { RotationAnswer } from "@/lib/domain/rotation-view";

type MissingMembershipsProps = { organizationKey: string; answer: RotationAnswer; allowed: boolean };

/** What the replacement should hold and does not: k of n is finished with one press. */
export function MissingMemberships({
  organizationKey,
  answer: { rotation, missing },
  allowed,
}: MissingMembershipsProps) {
  const finish = useChange(organizationKey, (_: null, key) => finishMemberships(organizationKey, rotation.id, key));
  const results = finish.data?.results ?? [];
  const failed = results.filter(({ outcome }) => outcome !== "done" && outcome !== "already");
  if (missing.length === 0) return null;
  return (
    <Notice
      tone="warning"
      role="status"
      title={`${rotation.replacement.name} misses ${counted(missing.length, "membership")}.`}
      action={
        allowed ? (
          <Button size="sm" loading={finish.isPending} onClick={() => finish.mutate(null)}>
            Finish the rest
          </Button>
        ) : undefined
      }
    >
      <p className="wrap-anywhere">{missing.map(({ name, role }) => `${name} (${role})`).join(", ")}</p>
      {failed.length > 0 ? <ChangeResults results={failed} /> : null}
      {finish.error ? <ChangeFailure error={finish.error} changed="Nothing was added." /> : null}
    </Notice>
  );
}
