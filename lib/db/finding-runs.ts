import { type Kysely, type Selectable, sql } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type FindingRun = Omit<Selectable<Tables["finding_runs"]>, "organization_key">;

export async function findFindingRun(handle: Handle, key: string): Promise<FindingRun> {
  const row = await handle
    .selectFrom("finding_runs")
    .select(["wanted", "judged", "judged_at", "policy_hash"])
    .where("organization_key", "=", key)
    .executeTakeFirst();
  return row ?? { wanted: 0, judged: 0, judged_at: null, policy_hash: null };
}

/** Says that something changed: who judges next, or is at it now, judges anew. */
export async function wantFindings(handle: Handle, key: string): Promise<void> {
  await handle
    .insertInto("finding_runs")
    .values({ organization_key: key, wanted: 1, judged: 0, judged_at: null, policy_hash: null })
    .onConflict((conflict) =>
      conflict.column("organization_key").doUpdateSet(({ eb }) => ({ wanted: eb("finding_runs.wanted", "+", 1) })),
    )
    .execute();
}

/**
 * Says that some accounts have just been judged on their own, after `asked` calls of `wantFindings` that were about
 * nothing else. A judging of all under way has not seen their change and comes again; else nothing is left to do.
 */
export async function noteJudgedAccounts(handle: Handle, key: string, asked: number): Promise<void> {
  await wantFindings(handle, key);
  await handle
    .updateTable("finding_runs")
    .set({ judged: sql<number>`wanted` })
    .where("organization_key", "=", key)
    .where(({ eb }) => eb("judged", "=", eb("wanted", "-", asked + 1)))
    .where("judged_at", "is not", null)
    .execute();
}

/** Notes a whole judging with the number that was wanted when it began. */
export async function saveFindingRun(
  handle: Handle,
  key: string,
  run: { judged: number; judged_at: string; policy_hash: string },
): Promise<void> {
  await handle
    .insertInto("finding_runs")
    .values({ organization_key: key, wanted: run.judged, ...run })
    .onConflict((conflict) => conflict.column("organization_key").doUpdateSet(run))
    .execute();
}
