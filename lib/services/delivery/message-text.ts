import { lineOf } from "@/lib/domain/line-of";
import type { FindingNews, Notification, Warning } from "@/lib/domain/notification";
import { pages } from "@/lib/paths/paths";

type Warnings = Extract<Notification, { kind: "warnings" }>;

/** "21 Feb 2027, 23:59 UTC", and the owner's own clock beside it where that is another. */
export function dateText(instant: string, timeZone = "UTC"): string {
  const format = (zone: string) =>
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      ...{ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    } as const).format(new Date(instant));
  const utc = `${format("UTC")} UTC`;
  return timeZone === "UTC" ? utc : `${format(timeZone)} ${timeZone} (${utc})`;
}

/** What a message says, one thing after the other: a line, and facts below it, each a name and a line. */
export type Entry = { title: string; facts: [string, string][] };

export function entriesOf(notification: Notification): Entry[] {
  if (notification.kind === "test") return [];
  if (notification.kind === "findings") return notification.findings.map(findingEntry);
  return notification.warnings.map((warning) => ({
    title: `${lineOf(warning.name)}: ${headingOf(warning)}`,
    facts: factsOf(warning, notification),
  }));
}

function findingEntry({ name, username, sentence, fix, severity, since, owner }: FindingNews): Entry {
  const facts: [string, string | null][] = [
    ["Username", username],
    ["Severity", severity],
    ["Since", dateText(since)],
    ["What to do", fix],
    ["Owner", owner],
  ];
  return { title: lineOf(`${name}: ${sentence}`), facts: present(facts) };
}

function present(facts: readonly [string, string | null][]): [string, string][] {
  return facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, lineOf(value)]]));
}

function headingOf({ deadline, days }: Warning): string {
  const left = days === 1 ? "1 day" : `${days} days`;
  return deadline === "expiry" ? `${left} before it expires` : `${left} before its rotation has to start`;
}

function factsOf(warning: Warning, { organization }: Warnings): [string, string][] {
  const { projects, projectCount, timeZone } = warning;
  const more = projectCount - projects.length;
  const where = projectCount === 0 ? "no project" : `${projects.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const facts: [string, string | null][] = [
    ["Username", warning.username],
    ["Organization", organization.name],
    ["Projects", where],
    ["Highest role", warning.role],
    ["Last used", warning.lastUsedAt === null ? "never, as far as Mixpanel says" : dateText(warning.lastUsedAt)],
    ["Start its rotation by", dateText(warning.startRotationBy, timeZone)],
    ["Expires", dateText(warning.expiresAt, timeZone)],
    ["Owner", warning.owner],
    ["Purpose", warning.purpose],
    ["Ticket", warning.ticket],
  ];
  return present(facts);
}

/** The one link of a message: the account, or the list with what expires next on top. */
export function linkOf(notification: Notification, consoleUrl: string): string {
  const { key } = notification.organization;
  if (notification.kind === "test") return new URL(pages.notifications(key), consoleUrl).href;
  if (notification.kind === "findings") return new URL(pages.findings(key), consoleUrl).href;
  const [only, ...others] = notification.warnings;
  const path =
    only && others.length === 0
      ? pages.serviceAccount(key, only.accountId)
      : pages.serviceAccounts(key, "sort=expires&order=asc");
  return new URL(path, consoleUrl).href;
}

/** Why it came to this reader. */
export function reasonOf(notification: Notification): string {
  const { channelName, organization } = notification;
  const channel = `the channel "${lineOf(channelName)}" of ${lineOf(organization.name)} in Keywarden`;
  if (notification.kind === "test") return `${lineOf(notification.sentBy)} sent this to try ${channel}.`;
  return notification.because === "owner"
    ? `You get this because Keywarden has your address as the contact of what is named here (${channel}).`
    : `You get this through ${channel}.`;
}

export function introductionOf(notification: Notification): string {
  if (notification.kind === "test") return "This is a test message. Nothing has to be done.";
  if (notification.kind === "findings") {
    const { total, findings } = notification;
    const more = total > findings.length ? ` The first ${findings.length} are named here.` : "";
    return `${total === 1 ? "One finding is" : `${total} findings are`} new by the policy of this organization.${more}`;
  }
  const count = notification.warnings.length;
  const what = count === 1 ? "This service account needs" : `These ${count} service accounts need`;
  return `${what} a new secret in time: issue a replacement, hand it over, and delete this one when nothing uses it any more.`;
}
