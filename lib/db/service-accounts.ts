import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { AccountQuery } from "@/lib/domain/list-query";
import { type AccountFilter, filteredAccounts } from "./account-filter";
import { inBatches } from "./in-batches";
import type { StoredAccount } from "./inventory-rows";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Order = Pick<AccountQuery, "sort" | "order">;

/** What each sort compares; null means unknown and comes last in both orders. */
const sortKeys = {
  name: sql`lower(name)`,
  owner: sql`lower(owner)`,
  role: sql`case when highest_role is null then null else highest_role_rank end`,
  projects: sql`project_count`,
  created: sql`created_at`,
  creator: sql`lower(coalesce(creator_name, creator_email))`,
  lastUsed: sql`last_used_at`,
  expires: sql`expires_at`,
  rotateBy: sql`rotate_by`,
} as const satisfies Record<AccountQuery["sort"], unknown>;

const orderBy = ({ sort, order }: Order) =>
  order === "asc" ? sql`${sortKeys[sort]} asc nulls last` : sql`${sortKeys[sort]} desc nulls last`;

export async function findAccountPage(
  handle: Handle,
  key: string,
  query: AccountFilter & Order & { page: number; size: number },
  now: Date,
): Promise<StoredAccount[]> {
  return filteredAccounts(handle, key, query, now)
    .selectAll("service_accounts")
    .orderBy(orderBy(query))
    .orderBy("id")
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute();
}

export async function countAccounts(handle: Handle, key: string, filter: AccountFilter, now: Date): Promise<number> {
  const query = filteredAccounts(handle, key, filter, now).select((row) => row.fn.countAll<number>().as("count"));
  return (await query.executeTakeFirstOrThrow()).count;
}

/** Every account that passes, in order: ids are few bytes, so an export can fetch its rows piece by piece. */
export async function findAccountIds(
  handle: Handle,
  key: string,
  query: AccountFilter & Order,
  now: Date,
): Promise<number[]> {
  const rows = await filteredAccounts(handle, key, query, now)
    .select("id")
    .orderBy(orderBy(query))
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function countAllAccounts(handle: Handle, key: string): Promise<number> {
  const accounts = handle.selectFrom("service_accounts").where("organization_key", "=", key);
  const { count } = await accounts.select((row) => row.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return count;
}

/** The highest roles that occur, strongest first. */
export async function findRoles(handle: Handle, key: string): Promise<string[]> {
  const rows = await handle
    .selectFrom("service_accounts")
    .select("highest_role")
    .where("organization_key", "=", key)
    .where("highest_role", "is not", null)
    .groupBy(["highest_role", "highest_role_rank"])
    .orderBy("highest_role_rank", "desc")
    .orderBy("highest_role")
    .execute();
  return rows.flatMap(({ highest_role }) => highest_role ?? []);
}

/** Who is recorded as an owner of any account, by name. */
export async function findOwners(handle: Handle, key: string): Promise<string[]> {
  const rows = await handle
    .selectFrom("service_accounts")
    .select("owner")
    .distinct()
    .where("organization_key", "=", key)
    .where("owner", "is not", null)
    .execute();
  return rows.flatMap(({ owner }) => owner ?? []).sort((left, right) => left.localeCompare(right, "en"));
}

const tagsSchema = z.array(z.string());

/** The tags that occur, in order. */
export async function findTags(handle: Handle, key: string): Promise<string[]> {
  const accounts = handle.selectFrom("service_accounts").select("tags").distinct().where("organization_key", "=", key);
  const rows = await accounts.where("tags", "<>", "[]").execute();
  return [...new Set(rows.flatMap(({ tags }) => tagsSchema.parse(JSON.parse(tags))))].sort();
}

export async function findAccount(handle: Handle, key: string, id: number): Promise<StoredAccount | undefined> {
  const accounts = handle.selectFrom("service_accounts").selectAll().where("organization_key", "=", key);
  return accounts.where("id", "=", id).executeTakeFirst();
}

/** Memberships of accounts with their projects' names, by account, project name and strength. */
export async function findMembershipsWithProjects(handle: Handle, key: string, accountIds: readonly number[]) {
  const select = (ids: number[]) =>
    handle
      .selectFrom("memberships")
      .innerJoin("projects", (join) =>
        join
          .onRef("projects.organization_key", "=", "memberships.organization_key")
          .onRef("projects.id", "=", "memberships.project_id"),
      )
      .select([
        "account_id",
        "project_id",
        "projects.name",
        "projects.region",
        "role",
        "grant_type",
        "sensitive_access",
      ])
      .where("memberships.organization_key", "=", key)
      .where("account_id", "in", ids)
      .orderBy("account_id")
      .orderBy(sql`lower(projects.name)`)
      .orderBy("project_id")
      .orderBy("role_rank", "desc")
      .orderBy("grant_type")
      .orderBy("role")
      .execute();
  const rows: Awaited<ReturnType<typeof select>> = [];
  await inBatches(accountIds, async (batch) => {
    for (const row of await select(batch)) rows.push(row);
  });
  return rows;
}
export type MembershipWithProject = Awaited<ReturnType<typeof findMembershipsWithProjects>>[number];
