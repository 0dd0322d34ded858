import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { AccountPage } from "@/lib/domain/inventory-view";
import { hasPermission } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { type AccountQueryState, clearFilters } from "./use-account-query";

type NoAccountsProps = { organizationKey: string; state: AccountQueryState; page: AccountPage };

/** Tells "none yet" from "none match" from "not read yet": a reader must never take one for another. */
export function NoAccounts({ organizationKey, state, page }: NoAccountsProps) {
  const { role } = useOperator();
  const { search } = state.query;
  if (page.sync.asOf === null) {
    return (
      <EmptyState kind="none-yet" title="This organization has not been read yet">
        {page.sync.problem ? page.sync.problem.title : "The first sync is under way. The list fills itself."}
      </EmptyState>
    );
  }
  if (page.unfilteredTotal > 0) {
    return (
      <EmptyState
        kind="no-match"
        title={search ? `No service accounts match "${search}"` : "No service accounts match these filters"}
        action={<Button onClick={() => clearFilters(state)}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      kind="none-yet"
      title="No service accounts yet"
      action={
        hasPermission(role, "account:create") ? (
          <LinkButton variant="primary" href={pages.createServiceAccount(organizationKey)}>
            Create service account
          </LinkButton>
        ) : null
      }
    >
      Create one per purpose, with the least role it needs and an expiry.
    </EmptyState>
  );
}
