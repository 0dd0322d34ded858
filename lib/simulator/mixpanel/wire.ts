import { roleRank } from "@/lib/domain/role";
import type { Account, Membership, WireStyle } from "./store";

const OFFSET_HOURS = 2;

function writeMoment(moment: number, style: WireStyle["dates"]): string {
  const utc = new Date(moment).toISOString();
  if (style === "zoneless") return utc.slice(0, 19);
  if (style === "offset") return `${new Date(moment + OFFSET_HOURS * 3_600_000).toISOString().slice(0, 23)}+02:00`;
  return utc.replace(".000Z", "Z");
}

/** The optional date, left out or null as the account's style says. */
function optionalMoment(name: string, moment: number | null, style: WireStyle): Record<string, string | null> {
  if (moment !== null) return { [name]: writeMoment(moment, style.dates) };
  return style.absent === "null" ? { [name]: null } : {};
}

/** An account as every answer shows it: the published fields, and the creator's name and email beside them. */
export function writeAccount(account: Account): Record<string, unknown> {
  const { style } = account;
  return {
    id: account.id,
    username: account.username,
    created: writeMoment(account.createdAt, style.dates),
    creator: account.creator.id,
    creator_name: account.creator.name,
    creator_email: account.creator.email,
    ...(account.expiresText ? { expires: account.expiresText } : optionalMoment("expires", account.expiresAt, style)),
    ...optionalMoment("last_used", account.lastUsedAt, style),
    user: account.userId,
  };
}

export function emailOf(account: Account): string {
  return `${account.username}@mixpanel.org`;
}

export function writeMember(account: Account, membership: Membership): Record<string, unknown> {
  return {
    ...writeAccount(account),
    email: emailOf(account),
    role: membership.role,
    role_order: roleRank(membership.role),
    target_type: membership.grant,
    hasSensitiveAccess: membership.sensitiveAccess,
  };
}
