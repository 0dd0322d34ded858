import {
  countAccounts,
  countAllAccounts,
  findAccountPage,
  findOwners,
  findRoles,
  findTags,
} from "@/lib/db/service-accounts";
import { loadUsageHistories } from "@/lib/db/usage-histories";
import type { AccountPage } from "@/lib/domain/inventory-view";
import type { AccountQuery } from "@/lib/domain/list-query";
import { toUsageView } from "@/lib/domain/usage-view";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { foldForSearch } from "@/lib/services/inventory/stored-form";
import { toAccountRow } from "./account-row";

/** One page of what is filtered, from the stored picture. A page beyond the last has no rows. */
export async function listServiceAccounts(context: OrganizationContext, query: AccountQuery): Promise<AccountPage> {
  const { database, organization } = context;
  const { sync, now } = await loadInventoryState(context);
  const folded = { ...query, search: foldForSearch(query.search) };
  const [rows, total, unfilteredTotal, roles, owners, tags] = await Promise.all([
    findAccountPage(database, organization.key, folded, now),
    countAccounts(database, organization.key, folded, now),
    countAllAccounts(database, organization.key),
    findRoles(database, organization.key),
    findOwners(database, organization.key),
    findTags(database, organization.key),
  ]);
  const ids = rows.map(({ id }) => id);
  const histories = await loadUsageHistories(database, organization.key, ids);
  return {
    rows: rows.map((row) => ({
      ...toAccountRow(row, organization),
      usage: toUsageView(histories.get(row.id), now),
    })),
    total,
    unfilteredTotal,
    roles,
    owners,
    tags,
    sync,
  };
}
