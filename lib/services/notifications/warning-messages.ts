import { createHash } from "node:crypto";
import type { MembershipWithProject } from "@/lib/db/service-accounts";
import { type Notification, WARNINGS_PER_NOTIFICATION, type Warning } from "@/lib/domain/notification";
import { severityOfDays, type Threshold, thresholdKey } from "@/lib/domain/warning";
import type { StoredChannel } from "./channel-row";
import type { Candidate } from "./due-warnings";

const PROJECTS_NAMED = 5;
export type Told = Candidate & { tell: Threshold };
type Because = Extract<Notification, { kind: "warnings" }>["because"];
/** A message before it has an id: to whom, about which accounts, under which key it exists once only. */
export type Message = { recipient: string | null; because: Because; told: Told[]; dedupeKey: string };

/** Whom each warning goes to, and what goes together. */
export function groupMessages(channel: StoredChannel, told: readonly Told[]): Message[] {
  const groups = new Map<string, Omit<Message, "dedupeKey">>();
  for (const each of told) {
    for (const { recipient, because } of recipientsOf(channel, each.annotation)) {
      const key = `${because} ${recipient ?? ""}`;
      const group = groups.get(key) ?? { recipient, because, told: [] };
      group.told.push(each);
      groups.set(key, group);
    }
  }
  const size = channel.delivery === "digest" ? WARNINGS_PER_NOTIFICATION : 1;
  return [...groups.values()].flatMap((group) => {
    const sorted = group.told.toSorted((left, right) => deadlineOf(left).localeCompare(deadlineOf(right)));
    return chunksOf(sorted, size).map((chunk) => {
      const message = { ...group, told: chunk };
      return { ...message, dedupeKey: dedupeKeyOf("warnings", channel.id, group.recipient, chunk.map(keyOf)) };
    });
  });
}

/** Whom a message about an account with this contact goes to; null: wherever the channel itself leads. */
export function recipientsOf(
  { mail }: StoredChannel,
  annotation: { contact: string | null },
): Pick<Message, "recipient" | "because">[] {
  if (!mail) return [{ recipient: null, because: "channel" }];
  if (mail.toOwners && annotation.contact !== null) return [{ recipient: annotation.contact, because: "owner" }];
  return mail.addresses.map((recipient) => ({ recipient, because: "channel" }));
}

const deadlineOf = ({ tell, facts }: Told) => (tell.deadline === "expiry" ? facts.expiresAt : facts.startBy);

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
}

const keyOf = ({ account, tell }: Told) => `${account.id} ${account.expires_at} ${thresholdKey(tell)}`;

/** Under this key a message exists once: what it tells, to whom, through which channel. */
export function dedupeKeyOf(
  kind: string,
  channelId: string,
  recipient: string | null,
  keys: readonly string[],
): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([recipient, keys.toSorted()]))
    .digest("base64url");
  return `${kind}:${channelId}:${hash}`;
}

/** What the message says of one account. */
export function toWarning(
  { account, annotation, facts, tell }: Told,
  memberships: readonly MembershipWithProject[],
): Warning {
  const projects = [...new Map(memberships.map(({ project_id, name }) => [project_id, name])).values()];
  return {
    accountId: account.id,
    name: account.name,
    username: account.username,
    severity: severityOfDays(tell.days),
    deadline: tell.deadline,
    days: tell.days,
    expiresAt: facts.expiresAt,
    startRotationBy: facts.startBy,
    createdAt: account.created_at,
    lastUsedAt: account.last_used_at,
    role: account.highest_role,
    projects: projects.slice(0, PROJECTS_NAMED),
    projectCount: projects.length,
    owner: annotation.owner,
    purpose: annotation.purpose,
    ticket: annotation.ticket,
    timeZone: facts.timeZone,
  };
}
