import type { ExpressionBuilder, Kysely } from "kysely";
import { type AccountQuery, NO_OWNER } from "@/lib/domain/list-query";
import { type ExpiryState, expiryLimits, UNUSED_DAYS } from "@/lib/domain/service-account";
import { contains } from "./like";
import { storableText } from "./storable-text";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Row = ExpressionBuilder<Tables, "service_accounts">;

/** Which accounts a list shows; `search` is folded as `search_text` is. */
export type AccountFilter = Pick<
  AccountQuery,
  "search" | "expiry" | "role" | "project" | "usage" | "projects" | "owner" | "tag" | "rotation"
>;

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

/** Not used for longer than it usually is; an account whose rhythm is not known is never silent in this sense. */
export function isSilent(row: Row, now: Date) {
  return row("silent_from", "<=", now.toISOString());
}

/** Not used for 90 days or longer, unless that is within its rhythm; an account that was never used is another matter. */
export function isUnused90(row: Row, now: Date) {
  const unused = row("last_used_at", "<=", daysFrom(now, -UNUSED_DAYS));
  return row.and([unused, row.or([row("silent_from", "is", null), isSilent(row, now)])]);
}

/** Still working, and its rotation should start within so many days, or should have started. */
export function isRotationDue(row: Row, days: number, now: Date) {
  return row.and([row("rotate_by", "<=", daysFrom(now, days)), row("expires_at", ">", daysFrom(now, 0))]);
}

function inUsageState(row: Row, state: AccountQuery["usage"][number], now: Date) {
  switch (state) {
    case "never_used":
      return row("last_used_at", "is", null);
    case "unused_90":
      return isUnused90(row, now);
    case "silent":
      return isSilent(row, now);
  }
}

/** Accounts of one organization that pass the filter, without columns, order or page. */
export function filteredAccounts(handle: Handle, key: string, filter: AccountFilter, now: Date) {
  let query = handle.selectFrom("service_accounts").where("service_accounts.organization_key", "=", key);
  const { search, expiry, role, project, usage, projects, owner, tag, rotation } = filter;
  if (search) {
    query = query.where((row) =>
      row.or([contains(row.ref("search_text"), search), contains(row.ref("note_text"), search)]),
    );
  }
  if (expiry.length > 0) query = query.where((row) => row.or(expiry.map((state) => inExpiryState(row, state, now))));
  if (role.length > 0) query = query.where("highest_role", "in", role);
  if (projects === "none") query = query.where("project_count", "=", 0);
  if (usage.length > 0) query = query.where((row) => row.or(usage.map((state) => inUsageState(row, state, now))));
  if (owner === NO_OWNER) query = query.where("owner", "is", null);
  else if (owner !== undefined) query = query.where("owner", "=", storableText(owner));
  if (tag.length > 0) {
    query = query.where((row) => row.or(tag.map((each) => contains(row.ref("tags"), JSON.stringify(each)))));
  }
  if (rotation !== undefined) query = query.where((row) => isRotationDue(row, rotation, now));
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
