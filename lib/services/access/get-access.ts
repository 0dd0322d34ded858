import {
  countAccessAccounts,
  findAccessAccounts,
  findAccessProjects,
  findHeldMemberships,
  findRolesByGrant,
} from "@/lib/db/access";
import { countAllAccounts } from "@/lib/db/service-accounts";
import type { AccessPage, AccessRow } from "@/lib/domain/access-view";
import { ACCESS_PAGE_SIZE, type AccessQuery } from "@/lib/domain/list-query";
import { regionSchema } from "@/lib/domain/region";
import { roleRank } from "@/lib/domain/role";
import { splitUsername } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { foldForSearch } from "@/lib/services/inventory/stored-form";

/** One page of accounts against the projects of the filter, from the stored picture: every membership with its grant. */
export async function getAccess(context: OrganizationContext, query: AccessQuery): Promise<AccessPage> {
  const { database, organization } = context;
  const { sync } = await loadInventoryState(context);
  const folded = { ...query, search: foldForSearch(query.search) };
  const [accounts, total, unfilteredTotal, projects, occurring] = await Promise.all([
    findAccessAccounts(database, organization.key, folded, ACCESS_PAGE_SIZE),
    countAccessAccounts(database, organization.key, folded),
    countAllAccounts(database, organization.key),
    findAccessProjects(database, organization.key, query.project),
    findRolesByGrant(database, organization.key),
  ]);
  const rows = accounts.map(({ id, username, name }): AccessRow => {
    const own = username === organization.credentialUsername;
    return { id, name, suffix: splitUsername(username).suffix, own, held: [] };
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ids = [...byId.keys()];
  for (const row of await findHeldMemberships(database, organization.key, ids, query.project)) {
    byId.get(row.account_id)?.held.push([row.project_id, row.role, row.grant_type]);
  }
  return {
    projects: projects.map(({ id, name, region }) => ({ id, name, region: regionSchema.parse(region) })),
    rows,
    total,
    unfilteredTotal,
    roles: distinct(occurring.map(({ role }) => role)).sort((one, other) => roleRank(other) - roleRank(one)),
    grants: distinct(occurring.map(({ grant_type }) => grant_type)),
    sync,
  };
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort();
