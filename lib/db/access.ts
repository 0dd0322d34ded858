import { type Kysely, sql } from "kysely";
import type { AccessQuery } from "@/lib/domain/list-query";
import { inBatches } from "./in-batches";
import { contains } from "./like";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
/** `search` is folded as `search_text` is. */
export type AccessFilter = Pick<AccessQuery, "search" | "project" | "role" | "grant">;

const orders = {
  name: sql`lower(name)`,
  role: sql`case when highest_role is null then -1 else highest_role_rank end desc`,
  projects: sql`project_count desc`,
} as const satisfies Record<AccessQuery["sort"], unknown>;

/** Accounts that hold a membership of the filter; all of them where it says nothing of memberships. */
function accountsWith(handle: Handle, key: string, { search, project, role, grant }: AccessFilter) {
  let accounts = handle.selectFrom("service_accounts").where("service_accounts.organization_key", "=", key);
  if (search) accounts = accounts.where((row) => contains(row.ref("search_text"), search));
  if (project.length + role.length + grant.length === 0) return accounts;
  return accounts.where("id", "in", (row) => {
    let held = row.selectFrom("memberships").select("account_id").where("memberships.organization_key", "=", key);
    if (project.length > 0) held = held.where("project_id", "in", project);
    if (role.length > 0) held = held.where("role", "in", role);
    if (grant.length > 0) held = held.where("grant_type", "in", grant);
    return held;
  });
}

export async function findAccessAccounts(
  handle: Handle,
  key: string,
  query: AccessFilter & Pick<AccessQuery, "sort" | "page">,
  size: number,
) {
  return accountsWith(handle, key, query)
    .select(["id", "username", "name"])
    .orderBy(orders[query.sort])
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .limit(size)
    .offset((query.page - 1) * size)
    .execute();
}

export async function countAccessAccounts(handle: Handle, key: string, filter: AccessFilter): Promise<number> {
  const query = accountsWith(handle, key, filter).select((row) => row.fn.countAll<number>().as("count"));
  return (await query.executeTakeFirstOrThrow()).count;
}

/** The projects named, or all, by name. */
export async function findAccessProjects(handle: Handle, key: string, ids: readonly number[]) {
  let projects = handle.selectFrom("projects").select(["id", "name", "region"]).where("organization_key", "=", key);
  if (ids.length > 0) projects = projects.where("id", "in", ids);
  return projects.orderBy(sql`lower(name)`).orderBy("id").execute();
}

/** The accounts' memberships in the projects named, or in all; strongest first. */
export async function findHeldMemberships(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
  projectIds: readonly number[],
) {
  const select = (ids: number[]) => {
    let held = handle
      .selectFrom("memberships")
      .select(["account_id", "project_id", "role", "grant_type"])
      .where("organization_key", "=", key)
      .where("account_id", "in", ids);
    if (projectIds.length > 0) held = held.where("project_id", "in", projectIds);
    return held.orderBy("role_rank", "desc").orderBy("grant_type").orderBy("role").execute();
  };
  const rows: Awaited<ReturnType<typeof select>> = [];
  await inBatches(accountIds, async (batch) => {
    for (const row of await select(batch)) rows.push(row);
  });
  return rows;
}

/** Which roles occur by which grants. */
export async function findRolesByGrant(handle: Handle, key: string) {
  const memberships = handle.selectFrom("memberships").select(["role", "grant_type"]);
  return memberships.where("organization_key", "=", key).groupBy(["role", "grant_type"]).execute();
}
