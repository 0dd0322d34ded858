import { insertFeed, listFeeds as listRows } from "@/lib/db/feeds";
import { inTransaction } from "@/lib/db/in-transaction";
import { AppError } from "@/lib/domain/app-error";
import { FEEDS_PER_OPERATOR, type FeedInput, type FeedView } from "@/lib/domain/feed";
import { api } from "@/lib/paths/paths";
import { recordEvent } from "@/lib/services/audit/record";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { findOrganization } from "@/lib/services/organizations/find-organization";
import { hashFeedToken, newFeedToken } from "./feed-token";
import { viewFeeds } from "./feed-view";

/** The operator's own feeds. */
export async function listFeeds({ context }: { context: RequestContext }): Promise<{ feeds: FeedView[] }> {
  const actor = requireOperator(context, "self:write");
  return { feeds: await viewFeeds(context, await listRows(context.database, actor.operator.id)) };
}

type Request = { context: RequestContext; input: FeedInput };

/** Makes a private address. It is answered this once; a lost one is revoked and another is made. */
export async function makeFeed({ context, input }: Request): Promise<{ feed: FeedView; address: string }> {
  const { operator } = requireOperator(context, "self:write");
  const organization = await findOrganization(context, input.organizationKey);
  const token = newFeedToken();
  const row = {
    id: context.newId(),
    token_hash: hashFeedToken(token),
    operator_id: operator.id,
    role: operator.role,
    organization_key: organization.key,
    kind: input.kind,
    owner: input.kind === "calendar" ? input.owner : null,
    created_at: context.now().toISOString(),
    last_read_at: null,
  };
  await inTransaction(context.database, async (transaction) => {
    const event = { action: "feed.make", outcome: "succeeded", targetKind: "feed", targetId: row.id } as const;
    const detail = { kind: row.kind, owner: row.owner };
    await recordEvent(context, { ...event, organizationKey: organization.key, detail }, transaction);
    if ((await listRows(transaction, operator.id)).length >= FEEDS_PER_OPERATOR) {
      throw new AppError("bad_request", { reason: `You have ${FEEDS_PER_OPERATOR} feeds. Revoke one of them first.` });
    }
    await insertFeed(transaction, row);
  });
  const [feed] = await viewFeeds(context, [row]);
  if (!feed) throw new AppError("not_found");
  const path = input.kind === "calendar" ? api.calendarFeed(token) : api.changesFeed(token);
  return { feed, address: new URL(path, context.environment.signIn.url).href };
}
