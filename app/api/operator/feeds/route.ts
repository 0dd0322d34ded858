import { feedInputSchema, feedMadeSchema, feedsAnswerSchema } from "@/lib/domain/feed";
import { changeRoute, route } from "@/lib/http/route";
import { listFeeds, makeFeed } from "@/lib/services/feeds/make-feed";

export const GET = route({
  permission: "self:write",
  answer: feedsAnswerSchema,
  handle: ({ context }) => listFeeds({ context }),
});

export const POST = changeRoute({
  permission: "self:write",
  body: feedInputSchema,
  answer: feedMadeSchema,
  status: 201,
  handle: ({ context, body }) => makeFeed({ context, input: body }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
