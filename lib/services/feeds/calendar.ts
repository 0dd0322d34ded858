import ICAL from "ical.js";
import { findAccountsWithExpiry } from "@/lib/db/accounts-with-expiry";
import { loadAllAnnotations } from "@/lib/db/annotations";
import { lineOf } from "@/lib/domain/line-of";
import { rotateBy } from "@/lib/domain/rotate-by";
import { pages } from "@/lib/paths/paths";
import type { AppContext } from "@/lib/services/context";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { openFeed } from "./open-feed";

const PAST_DAYS = 30;
const DAY_MS = 86_400_000;
type Event = { uid: string; summary: string; start: ICAL.Time; description: string; url: string };

/** Expiries as events at their instant, and days by which rotations have to start as all-day events. */
export async function renderCalendar(context: AppContext, token: string): Promise<string> {
  const { feed, organization } = await openFeed(context, token, "calendar");
  const { database, environment, now } = context;
  const { policy } = await getPolicy({ ...context, organization });
  const annotations = await loadAllAnnotations(database, organization.key);
  const oldest = new Date(now().getTime() - PAST_DAYS * DAY_MS).toISOString();
  const host = new URL(environment.signIn.url).hostname;
  const events = (await findAccountsWithExpiry(database, organization.key)).flatMap((account): Event[] => {
    const { id, name: raw, expires_at: expiresAt } = account;
    const annotation = annotations.get(id);
    if (expiresAt === null || expiresAt < oldest) return [];
    if (feed.owner !== null && annotation?.owner !== feed.owner) return [];
    const name = lineOf(raw);
    const leadTimeDays = annotation?.leadTimeDays ?? policy.rotation.leadTimeDays;
    const startBy = rotateBy(expiresAt, { leadTimeDays, overlapDays: policy.rotation.overlapDays });
    const url = new URL(pages.serviceAccount(organization.key, id), environment.signIn.url).href;
    const description = lineOf(`${account.username}${annotation?.owner ? `, owner: ${annotation.owner}` : ""}`);
    const common = { description, url };
    const uid = (what: string) => `${what}-${organization.key}-${id}@${host}`;
    const expiry = {
      ...common,
      uid: uid("expiry"),
      summary: `${name} expires`,
      start: ICAL.Time.fromJSDate(new Date(expiresAt), true),
    };
    if (startBy === null) return [expiry];
    const start = ICAL.Time.fromDateString(startBy.slice(0, 10));
    return [{ ...common, uid: uid("start-rotation"), summary: `Start the rotation of ${name}`, start }, expiry];
  });
  return toText(`Service accounts${feed.owner === null ? "" : ` of ${lineOf(feed.owner)}`}`, events, now());
}

function toText(name: string, events: readonly Event[], now: Date): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("prodid", "-//Keywarden//EN");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("method", "PUBLISH");
  calendar.updatePropertyWithValue("x-wr-calname", name);
  for (const { uid, summary, start, description, url } of events) {
    const event = new ICAL.Component("vevent");
    event.updatePropertyWithValue("uid", uid);
    event.updatePropertyWithValue("dtstamp", ICAL.Time.fromJSDate(now, true));
    event.updatePropertyWithValue("dtstart", start);
    event.updatePropertyWithValue("summary", summary);
    event.updatePropertyWithValue("description", description);
    event.updatePropertyWithValue("url", url);
    event.updatePropertyWithValue("transp", "TRANSPARENT");
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}
