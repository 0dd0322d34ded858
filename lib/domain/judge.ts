import { type Departure, type Finding, type Fits, type FixKind, type Judges, judgeBy, type Subject } from "./finding";
import type { Policy } from "./policy";
import { roleRank } from "./role";
import { epochDay } from "./usage-history";
import { isSilent } from "./usage-rhythm";

const DAY_MS = 86_400_000;
/** Whoever used an expired account this lately still needs what it did. */
const STILL_NEEDED_DAYS = 30;

const found = (sentence: string, fix: FixKind): Departure => ({ sentence, fix });
const day = (instant: string) => instant.slice(0, 10);
const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const daysBetween = (from: string, to: Date | string) =>
  ((typeof to === "string" ? Date.parse(to) : to.getTime()) - Date.parse(from)) / DAY_MS;
/** Mixpanel does not tell every account's creation; then it is at least as old as our first sight of it. */
const birthOf = ({ account }: Subject) => account.createdAt ?? account.firstSeenAt;
const hasExpired = ({ account }: Subject, now: Date) =>
  account.expiresAt !== null && Date.parse(account.expiresAt) <= now.getTime();

function strongestRole({ account, memberships }: Subject): string | null {
  const roles = [account.highestRole, memberships.organizationRole].flatMap((role) => role ?? []);
  return roles.sort((left, right) => roleRank(right) - roleRank(left))[0] ?? null;
}

/** Each rule with what departs from it. Sentences hold dates and no counts of days passed, so that a day changes none. */
const judges: Judges = {
  expiry_required({ account, annotation }) {
    if (account.expiresAt !== null) return null;
    const reason = annotation.neverReason ? ` Its reason: ${annotation.neverReason}` : "";
    return found(`It never expires; the policy asks for an expiry.${reason}`, "rotate");
  },
  longest_lifetime(subject, { days }) {
    const { expiresAt } = subject.account;
    if (expiresAt === null || daysBetween(birthOf(subject), expiresAt) <= days) return null;
    const life = `It lives from ${day(birthOf(subject))} to ${day(expiresAt)}`;
    return found(`${life}; the policy allows ${counted(days, "day")}.`, "rotate");
  },
  expires_soon(subject, { days }, now) {
    const { expiresAt } = subject.account;
    if (expiresAt === null || hasExpired(subject, now)) return null;
    if (Date.parse(expiresAt) - now.getTime() > days * DAY_MS) return null;
    return found(`It expires on ${day(expiresAt)}, within ${counted(days, "day")}.`, "rotate");
  },
  expired(subject, _, now) {
    const { expiresAt, lastUsedAt } = subject.account;
    if (expiresAt === null || !hasExpired(subject, now)) return null;
    const needed = lastUsedAt !== null && daysBetween(lastUsedAt, expiresAt) <= STILL_NEEDED_DAYS;
    const use = lastUsedAt === null ? "and was never used" : `and was last used on ${day(lastUsedAt)}`;
    return found(`It expired on ${day(expiresAt)} ${use}.`, needed ? "rotate" : "delete");
  },
  rotation_age(subject, { days }, now) {
    if (hasExpired(subject, now) || daysBetween(birthOf(subject), now) < days) return null;
    const { createdAt } = subject.account;
    const since = createdAt ? `Its secret dates from ${day(createdAt)}` : `It was there on ${day(birthOf(subject))}`;
    return found(`${since}; the policy asks for a rotation every ${counted(days, "day")}.`, "rotate");
  },
  name_pattern({ account }, { patterns }, _, fits) {
    if (patterns.length === 0 || fits(account.name, patterns)) return null;
    const examples = patterns.slice(0, 3).map(({ example, purpose }) => `${example} (${purpose})`);
    return found(`Its name has none of the agreed forms, for example ${examples.join(", ")}.`, "rotate");
  },
  highest_role(subject, { role, exceptions }) {
    const held = strongestRole(subject);
    const { name, username } = subject.account;
    if (held === null || roleRank(held) <= roleRank(role)) return null;
    if (exceptions.includes(name) || exceptions.includes(username)) return null;
    return found(`It holds the role ${held}; the policy allows ${role} at most.`, "remove_membership");
  },
  strong_role_reason(subject) {
    const held = strongestRole(subject);
    if ((held !== "owner" && held !== "admin") || subject.annotation.roleReason) return null;
    return found(`It holds the role ${held} and no reason for it is recorded.`, "annotate");
  },
  no_project({ memberships }) {
    const { projects, organizationRole } = memberships;
    if (projects > 0 || organizationRole === "owner" || organizationRole === "admin") return null;
    return found("It is in no project, so it can read and change nothing.", "assign");
  },
  too_many_projects({ memberships }, { count }) {
    if (memberships.granted <= count) return null;
    const reached = `It was given ${counted(memberships.granted, "project")}`;
    return found(`${reached}; the policy allows ${count}.`, "remove_membership");
  },
  never_used(subject, { days }, now) {
    const { lastUsedAt } = subject.account;
    if (lastUsedAt !== null || hasExpired(subject, now) || daysBetween(birthOf(subject), now) < days) return null;
    return found(`It has existed since ${day(birthOf(subject))} and was never used.`, "delete");
  },
  silent(subject, { fallbackDays }, now) {
    const { account, history } = subject;
    if (account.lastUsedAt === null || hasExpired(subject, now)) return null;
    const last = epochDay(account.lastUsedAt);
    const seen = history ?? { since: last, days: [last] };
    if (!isSilent(seen, epochDay(now), fallbackDays)) return null;
    return found(`It was last used on ${day(account.lastUsedAt)}, longer ago than it usually rests.`, "delete");
  },
  creator_gone({ account }, { emails }) {
    const email = account.creatorEmail?.toLowerCase();
    if (!email || !emails.some((gone) => gone.toLowerCase() === email)) return null;
    return found(`${account.creatorName ?? account.creatorEmail}, who created it, has left.`, "rotate");
  },
  annotated({ annotation }, { fields }) {
    const missing = fields.filter((field) => annotation[field] === null);
    return missing.length === 0 ? null : found(`Not recorded: ${missing.join(", ")}.`, "annotate");
  },
};

export function judge(subject: Subject, policy: Policy, now: Date, fits?: Fits): Finding[] {
  return judgeBy(judges, subject, policy, now, fits);
}
