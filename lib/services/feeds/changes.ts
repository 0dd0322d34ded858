import { Feed } from "feed";
import { findRecentChanges } from "@/lib/db/audit-queries";
import { findOrganizations } from "@/lib/db/organizations";
import { escapeHtml } from "@/lib/domain/escape-html";
import { lineOf } from "@/lib/domain/line-of";
import { pages } from "@/lib/paths/paths";
import type { AppContext } from "@/lib/services/context";
import { openFeed } from "./open-feed";

const ENTRIES = 100;

/** The last changes that succeeded in one organization, newest first, as Atom. */
export async function renderChanges(context: AppContext, token: string): Promise<string> {
  const { feed, organization } = await openFeed(context, token, "changes");
  const { database, environment, now } = context;
  const [stored] = await findOrganizations(database, [organization.key]);
  const events = await findRecentChanges(database, organization.key, ENTRIES);
  const link = new URL(pages.auditLog(organization.key), environment.signIn.url).href;
  const atom = new Feed({
    id: `urn:uuid:${feed.id}`,
    title: textOf(`Changes in ${stored?.name ?? organization.name}`),
    link,
    updated: new Date(events[0]?.at ?? now()),
    generator: "Keywarden",
  });
  for (const event of events) {
    const about = event.target_name ?? event.target_id;
    atom.addItem({
      id: `urn:uuid:${event.id}`,
      title: textOf(`${event.action}${about === null ? "" : `: ${about}`}`),
      link: `${link}?${new URLSearchParams({ search: event.operation_id ?? event.target_id ?? event.action })}`,
      date: new Date(event.at),
      description: textOf(`By ${event.actor_name} (${event.actor_role}).`),
      author: [{ name: lineOf(event.actor_name) }],
    });
  }
  return atom.atom1();
}

/** Readers take titles for HTML. */
const textOf = (text: string) => escapeHtml(lineOf(text));
