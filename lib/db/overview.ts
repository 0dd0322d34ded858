import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import { expiryLimits, expiryStates } from "@/lib/domain/service-account";
import { inExpiryState, isRotationDue, isSilent, isUnused90 } from "./account-filter";
import type { StoredAccount } from "./inventory-rows";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Row = ExpressionBuilder<Tables, "service_accounts">;
const DAY = 86_400_000;
const RECENTLY_DAYS = 30;
const ROTATIONS_DUE_DAYS = 7;
const daysFrom = (now: Date, days: number) => new Date(now.getTime() + days * DAY).toISOString();

/** All of the overview's counts of accounts in one reading of the table. */
export async function countByState(handle: Handle, key: string, now: Date) {
  return handle
    .selectFrom("service_accounts")
    .where("organization_key", "=", key)
    .select((row) => {
      const count = row.fn.countAll<number>();
      return [
        count.as("accounts"),
        ...expiryStates.map((state) => count.filterWhere(inExpiryState(row, state, now)).as(state)),
        count.filterWhere("last_used_at", "is", null).as("neverUsed"),
        count.filterWhere(isUnused90(row, now)).as("unused90"),
        count.filterWhere(isSilent(row, now)).as("silent"),
        count.filterWhere(isRotationDue(row, ROTATIONS_DUE_DAYS, now)).as("rotationsDue"),
        count.filterWhere(isRotationDue(row, 0, now)).as("rotationsLate"),
        count.filterWhere("project_count", "=", 0).as("noProjects"),
        count.filterWhere("highest_role", "in", ["owner", "admin"]).as("ownerOrAdmin"),
      ] as const;
    })
    .executeTakeFirstOrThrow();
}

/** Expired, or about to within 30 days. */
const needsAttention = (row: Row, now: Date) => row("expires_at", "<=", daysFrom(now, expiryLimits.warning));

/** How many accounts of each organization need somebody. */
export async function countAttention(handle: Handle, keys: readonly string[], now: Date) {
  if (keys.length === 0) return new Map<string, { accounts: number; attention: number }>();
  const rows = await handle
    .selectFrom("service_accounts")
    .where("organization_key", "in", [...keys])
    .groupBy("organization_key")
    .select((row) => [
      "organization_key",
      row.fn.countAll<number>().as("accounts"),
      row.fn.countAll<number>().filterWhere(needsAttention(row, now)).as("attention"),
    ])
    .execute();
  return new Map(rows.map(({ organization_key, ...counts }) => [organization_key, counts]));
}

/**
 * The accounts that need somebody first: expired although used in the last 30 days (latest use first), then those that
 * expire within 30 days (soonest first), then what expired quietly (latest first).
 */
export async function findAttention(handle: Handle, key: string, now: Date, limit: number): Promise<StoredAccount[]> {
  const present = now.toISOString();
  const recently = daysFrom(now, -RECENTLY_DAYS);
  const urgency = sql`case when expires_at > ${present} then 1 when last_used_at > ${recently} then 0 else 2 end`;
  return handle
    .selectFrom("service_accounts")
    .selectAll()
    .where("organization_key", "=", key)
    .where((row) => needsAttention(row, now))
    .orderBy(urgency)
    .orderBy(sql`case when expires_at > ${present} then expires_at end`)
    .orderBy(
      sql`case when expires_at > ${present} then null when last_used_at > ${recently} then last_used_at else expires_at end desc`,
    )
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** The first expiries of each coming UTC month up to an instant, soonest first, with how many the month has in all. */
export async function findExpiries(
  handle: Handle,
  key: string,
  range: { after: string; until: string },
  perMonth: number,
) {
  const month = sql<string>`substr(expires_at, 1, 7)`;
  const coming = handle
    .selectFrom("service_accounts")
    .select([
      "id",
      "name",
      "expires_at",
      month.as("month"),
      sql<number>`count(*) over (partition by ${month})`.as("in_month"),
      sql<number>`row_number() over (partition by ${month} order by expires_at, id)`.as("place"),
    ])
    .where("organization_key", "=", key)
    .where("expires_at", ">", range.after)
    .where("expires_at", "<=", range.until);
  return handle
    .selectFrom(coming.as("coming"))
    .selectAll()
    .where("place", "<=", perMonth)
    .orderBy("expires_at")
    .orderBy("id")
    .execute();
}

/** Operations that wait for an outcome, or for somebody. */
export async function countUnfinished(handle: Handle, key: string): Promise<number> {
  const { count } = await handle
    .selectFrom("operations")
    .where("organization_key", "=", key)
    .where("state", "in", ["prepared", "sent", "unknown"])
    .select((row) => row.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}
