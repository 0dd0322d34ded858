import type { Kysely, Selectable } from "kysely";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type PostureDay = Selectable<Tables["posture_days"]>;
export type PostureRuleDay = Selectable<Tables["posture_rule_days"]>;

/** Writes how an organization stands today; an earlier state of the same day is replaced. */
export async function savePostureDay(handle: Handle, day: PostureDay, rules: readonly PostureRuleDay[]): Promise<void> {
  const { organization_key, day: date, ...values } = day;
  await handle
    .insertInto("posture_days")
    .values(day)
    .onConflict((conflict) => conflict.columns(["organization_key", "day"]).doUpdateSet(values))
    .execute();
  await handle
    .deleteFrom("posture_rule_days")
    .where("organization_key", "=", organization_key)
    .where("day", "=", date)
    .execute();
  if (rules.length > 0) {
    await handle
      .insertInto("posture_rule_days")
      .values([...rules])
      .execute();
  }
}

/** The days from one on, oldest first. */
export async function findPostureDays(handle: Handle, key: string, from: string): Promise<PostureDay[]> {
  const days = handle.selectFrom("posture_days").selectAll().where("organization_key", "=", key);
  return days.where("day", ">=", from).orderBy("day").execute();
}

export async function findPostureRuleDays(handle: Handle, key: string, from: string): Promise<PostureRuleDay[]> {
  const days = handle.selectFrom("posture_rule_days").selectAll().where("organization_key", "=", key);
  return days.where("day", ">=", from).execute();
}
