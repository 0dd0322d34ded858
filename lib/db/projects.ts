import { type Kysely, sql } from "kysely";
import type { ProjectQuery } from "@/lib/domain/list-query";
import type { StoredProject } from "./inventory-rows";
import { contains } from "./like";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

const sortKeys = {
  name: sql`lower(name)`,
  region: sql`region`,
  members: sql`member_count`,
  id: sql`id`,
} as const satisfies Record<ProjectQuery["sort"], unknown>;

function filtered(handle: Handle, key: string, search: string) {
  const projects = handle.selectFrom("projects").where("organization_key", "=", key);
  if (!search) return projects;
  return projects.where((row) =>
    row.or([
      contains(sql<string>`lower(name)`, search.toLowerCase()),
      contains(row.ref("name"), search),
      contains(sql<string>`cast(id as text)`, search),
    ]),
  );
}

/** Projects whose name or id contains the search. */
export async function findProjectPage(handle: Handle, key: string, query: ProjectQuery): Promise<StoredProject[]> {
  const { sort, order, page, size } = query;
  return filtered(handle, key, query.search)
    .selectAll()
    .orderBy(order === "asc" ? sql`${sortKeys[sort]} asc` : sql`${sortKeys[sort]} desc`)
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .limit(size)
    .offset((page - 1) * size)
    .execute();
}

export async function countProjects(handle: Handle, key: string, search = ""): Promise<number> {
  const query = filtered(handle, key, search).select((row) => row.fn.countAll<number>().as("count"));
  return (await query.executeTakeFirstOrThrow()).count;
}

/** How many members each project has, as stored. */
export async function findMemberCounts(handle: Handle, key: string): Promise<Map<number, number>> {
  const projects = handle.selectFrom("projects").select(["id", "member_count"]);
  const rows = await projects.where("organization_key", "=", key).execute();
  return new Map(rows.map((row) => [row.id, row.member_count]));
}

export async function findProject(handle: Handle, key: string, id: number): Promise<StoredProject | undefined> {
  const projects = handle.selectFrom("projects").selectAll().where("organization_key", "=", key);
  return projects.where("id", "=", id).executeTakeFirst();
}

/** Notes why a project's members could not be read; what is stored of them stays. */
export async function updateProjectProblem(handle: Handle, key: string, id: number, problem: string): Promise<void> {
  const project = handle.updateTable("projects").set({ problem }).where("organization_key", "=", key);
  await project.where("id", "=", id).execute();
}

const members = (handle: Handle, key: string, projectId: number) =>
  handle
    .selectFrom("memberships")
    .innerJoin("service_accounts", (join) =>
      join
        .onRef("service_accounts.organization_key", "=", "memberships.organization_key")
        .onRef("service_accounts.id", "=", "memberships.account_id"),
    )
    .where("memberships.organization_key", "=", key)
    .where("project_id", "=", projectId);

/** A project's memberships with their accounts: strongest first, then by name. */
export async function findProjectMembers(handle: Handle, key: string, projectId: number, limit: number) {
  return members(handle, key, projectId)
    .selectAll("service_accounts")
    .select(["memberships.role", "memberships.grant_type"])
    .orderBy("role_rank", "desc")
    .orderBy(sql`lower(name)`)
    .orderBy("account_id")
    .orderBy("grant_type")
    .orderBy("role")
    .limit(limit)
    .execute();
}

export async function countProjectMembers(handle: Handle, key: string, projectId: number): Promise<number> {
  const query = members(handle, key, projectId).select((row) => row.fn.countAll<number>().as("count"));
  return (await query.executeTakeFirstOrThrow()).count;
}
