import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PendingOperation } from "@/lib/domain/inventory-view";
import type { OperationKind } from "@/lib/domain/operation";
import { pages } from "@/lib/paths/paths";

export const operationWords: Record<OperationKind, { noun: string; doing: string }> = {
  create: { noun: "Create", doing: "creating this service account" },
  assign: { noun: "Assign", doing: "assigning this service account to projects" },
  remove: { noun: "Remove", doing: "removing this service account from projects" },
  delete: { noun: "Delete", doing: "deleting this service account" },
};

/** Somebody is on this account, or a change to it has no known outcome: said to everyone who looks at it. */
export function PendingNotice({
  organizationKey,
  operation,
}: {
  organizationKey: string;
  operation: PendingOperation;
}) {
  const unknown = operation.state === "unknown";
  return (
    <Notice
      tone={unknown ? "critical" : "notice"}
      role="status"
      title={
        unknown
          ? `Outcome unknown: ${operation.actorName} was ${operationWords[operation.kind].doing}.`
          : `${operation.actorName} is ${operationWords[operation.kind].doing}.`
      }
      action={
        <LinkButton size="sm" href={`${pages.unfinished(organizationKey)}#${operation.id}`}>
          Open
        </LinkButton>
      }
    >
      <RelativeTime prefix="Since" at={operation.at} />.{" "}
      {unknown ? "It is never repeated by itself." : "Wait for it to end."}
    </Notice>
  );
}
