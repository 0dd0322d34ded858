import { type Kysely, type Selectable, sql } from "kysely";
import { inBatches } from "./in-batches";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type StoredFinding = Selectable<Tables["findings"]>;
/** Which finding; there is one at most for an account and a rule. */
export type FindingRef = { accountId: number; rule: string };

/** What is found about these accounts. */
export async function loadFindings(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
): Promise<StoredFinding[]> {
  const all = handle.selectFrom("findings").selectAll().where("organization_key", "=", key);
  const rows: StoredFinding[] = [];
  await inBatches(accountIds, async (batch) => {
    for (const row of await all.where("account_id", "in", batch).execute()) rows.push(row);
  });
  return rows;
}

export async function findFinding(
  handle: Handle,
  key: string,
  { accountId, rule }: FindingRef,
): Promise<StoredFinding | undefined> {
  return handle
    .selectFrom("findings")
    .selectAll()
    .where("organization_key", "=", key)
    .where("account_id", "=", accountId)
    .where("rule", "=", rule)
    .executeTakeFirst();
}

/** Writes findings that are new or have changed; of a known one `since` stays. */
export async function saveFindings(handle: Handle, rows: readonly StoredFinding[]): Promise<void> {
  await inBatches(rows, (batch) =>
    handle
      .insertInto("findings")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["organization_key", "account_id", "rule"]).doUpdateSet((row) => ({
          severity_rank: row.ref("excluded.severity_rank"),
          sentence: row.ref("excluded.sentence"),
          fix: row.ref("excluded.fix"),
        })),
      )
      .execute(),
  );
}

/** Removes findings that are resolved. */
export async function deleteFindings(handle: Handle, key: string, refs: readonly FindingRef[]): Promise<void> {
  const byRule = new Map<string, number[]>();
  for (const { accountId, rule } of refs) byRule.set(rule, [...(byRule.get(rule) ?? []), accountId]);
  for (const [rule, accountIds] of byRule) {
    await inBatches(accountIds, (batch) =>
      handle
        .deleteFrom("findings")
        .where("organization_key", "=", key)
        .where("rule", "=", rule)
        .where("account_id", "in", batch)
        .execute(),
    );
  }
}

/** Removes findings about accounts that are gone. */
export async function deleteOrphanedFindings(handle: Handle, key: string): Promise<void> {
  await handle
    .deleteFrom("findings")
    .where("organization_key", "=", key)
    .where("account_id", "not in", (row) =>
      row.selectFrom("service_accounts").select("id").where("service_accounts.organization_key", "=", key),
    )
    .execute();
}

/** What an account was given in projects: how many by its own or a team's grant, and its role in the organization. */
export async function loadMembershipFacts(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
): Promise<Map<number, { granted: number; organizationRole: string | null }>> {
  const facts = new Map<number, { granted: number; organizationRole: string | null }>();
  await inBatches(accountIds, async (batch) => {
    const held = handle.selectFrom("memberships").where("organization_key", "=", key).where("account_id", "in", batch);
    const given = held.where("grant_type", "!=", "organization").groupBy("account_id");
    const counts = await given.select(["account_id", sql<number>`count(distinct project_id)`.as("granted")]).execute();
    for (const { account_id, granted } of counts) facts.set(account_id, { granted, organizationRole: null });
    const byOrganization = held.where("grant_type", "=", "organization").groupBy(["account_id", "role", "role_rank"]);
    const roles = await byOrganization.select(["account_id", "role"]).orderBy("role_rank").execute();
    for (const { account_id, role } of roles) {
      facts.set(account_id, { granted: facts.get(account_id)?.granted ?? 0, organizationRole: role });
    }
  });
  return facts;
}
