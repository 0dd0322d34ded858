import { loadMembershipsOfAccounts } from "@/lib/db/inventory";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import type { OrganizationContext } from "@/lib/services/context";
import type { Change } from "@/lib/services/operations/prepare-operations";

/** The operations that delete these accounts, each with the access that goes with it. */
export async function deletionsOf(
  { database, organization }: OrganizationContext,
  accounts: readonly StoredAccount[],
): Promise<Change[]> {
  const held = await loadMembershipsOfAccounts(
    database,
    organization.key,
    accounts.map(({ id }) => id),
  );
  return accounts.map((account) => ({
    kind: "delete",
    accountId: account.id,
    accountName: account.name,
    projectId: null,
    projectName: null,
    input: { username: account.username },
    beforeState: {
      memberships: held
        .filter((row) => row.account_id === account.id)
        .map((row) => ({
          accountId: row.account_id,
          projectId: row.project_id,
          role: row.role,
          grant: row.grant_type,
        })),
    },
  }));
}
