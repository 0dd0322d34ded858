import { type FeedRow, findFeed, noteFeedRead } from "@/lib/db/feeds";
import { AppError } from "@/lib/domain/app-error";
import { FEED_IDLE_DAYS, type FeedKind } from "@/lib/domain/feed";
import { hasPermission, operatorRoleSchema } from "@/lib/domain/operator";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";
import { findOrganization } from "@/lib/services/organizations/find-organization";
import { hashFeedToken } from "./feed-token";

const DAY_MS = 86_400_000;
const NOTE_EVERY_MS = 3_600_000;
const needed = { calendar: "inventory:read", changes: "audit:read" } as const;

/**
 * The feed behind a token, while its operator may still see what is in it: signed in within the last thirty days, with a
 * role that allows it. Whatever is wrong, the answer is `not_found`, so that nobody learns which tokens once were.
 */
export async function openFeed(
  context: AppContext,
  token: string,
  kind: FeedKind,
): Promise<{ feed: FeedRow; organization: ConnectedOrganization }> {
  const now = context.now();
  const feed = await findFeed(context.database, hashFeedToken(token));
  if (!feed || feed.kind !== kind) throw new AppError("not_found");
  const idle = now.getTime() - Date.parse(feed.last_sign_in_at);
  const role = operatorRoleSchema.safeParse(feed.operator_role);
  if (idle > FEED_IDLE_DAYS * DAY_MS || !role.success || !hasPermission(role.data, needed[kind])) {
    throw new AppError("not_found");
  }
  const organization = await findOrganization(context, feed.organization_key);
  const lastRead = feed.last_read_at === null ? 0 : Date.parse(feed.last_read_at);
  if (Math.abs(now.getTime() - lastRead) >= NOTE_EVERY_MS) {
    await noteFeedRead(context.database, feed.id, now.toISOString());
  }
  return { feed, organization };
}
