import type { ExpressionBuilder, Kysely } from "kysely";
import type { AccountQuery } from "@/lib/domain/list-query";
import { type ExpiryState, expiryLimits, UNUSED_DAYS } from "@/lib/domain/service-account";
import { contains } from "./like";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Row = ExpressionBuilder<Tables, "service_accounts">;

/** Which accounts a list shows; `search` is folded as `search_text` is. */
export type AccountFilter = Pick<AccountQuery, "search" | "expiry" | "role" | "project" | "usage" | "projects">;

const DAY = 86_400_000;
const daysFrom = (now: Date, days: number) => new Date(now.getTime() + days * DAY).toISOString();

/** One step of the expiry ladder; the same limits as `expiryState`. */
export function inExpiryState(row: Row, state: ExpiryState, now: Date) {
  const between = (from: number, to: number) =>
    row.and([row("expires_at", ">", daysFrom(now, from)), row("expires_at", "<=", daysFrom(now, to))]);
  const { critical, warning, notice } = expiryLimits;
  switch (state) {
    case "expired":
      return row("expires_at", "<=", daysFrom(now, 0));
    case "critical":
      return between(0, critical);
    case "warning":
      return between(critical, warning);
    case "notice":
      return between(warning, notice);
    case "later":
      return row("expires_at", ">", daysFrom(now, notice));
    case "never":
      return row("expires_at", "is", null);
  }
}

/** Not used for 90 days or longer; an account that was never used is another matter. */
export function isUnused90(row: Row, now: Date) {
  return row("last_used_at", "<=", daysFrom(now, -UNUSED_DAYS));
}

/** Accounts of one organization that pass the filter, without columns, order or page. */
export function filteredAccounts(handle: Handle, key: string, filter: AccountFilter, now: Date) {
  let query = handle.selectFrom("service_accounts").where("service_accounts.organization_key", "=", key);
  const { search, expiry, role, project, usage, projects } = filter;
  if (search) query = query.where((row) => contains(row.ref("search_text"), search));
  if (expiry.length > 0) query = query.where((row) => row.or(expiry.map((state) => inExpiryState(row, state, now))));
  if (role.length > 0) query = query.where("highest_role", "in", role);
  if (projects === "none") query = query.where("project_count", "=", 0);
  if (usage.length > 0) {
    query = query.where((row) =>
      row.or(usage.map((state) => (state === "unused_90" ? isUnused90(row, now) : row("last_used_at", "is", null)))),
    );
  }
  if (project !== undefined) {
    query = query.where("id", "in", (row) =>
      row
        .selectFrom("memberships")
        .select("account_id")
        .where("memberships.organization_key", "=", key)
        .where("project_id", "=", project),
    );
  }
  return query;
}
