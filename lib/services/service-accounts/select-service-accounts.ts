import { loadAccounts } from "@/lib/db/inventory";
import { findMembershipsWithProjects } from "@/lib/db/service-accounts";
import type { AccountSelection } from "@/lib/domain/inventory-view";
import type { SelectionQuery } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { toAccountRow } from "./account-row";
import { toMembershipView } from "./membership-view";

/** The chosen accounts with all their memberships; those that are gone are left out. */
export async function selectServiceAccounts(
  { database, organization }: OrganizationContext,
  { ids }: SelectionQuery,
): Promise<AccountSelection> {
  const accounts = await loadAccounts(database, organization.key, [...new Set(ids)]);
  const memberships = await findMembershipsWithProjects(
    database,
    organization.key,
    accounts.map(({ id }) => id),
  );
  return {
    accounts: accounts.map((row) => toAccountRow(row, organization)),
    memberships: memberships.map((row) => ({ ...toMembershipView(row), accountId: row.account_id })),
  };
}
