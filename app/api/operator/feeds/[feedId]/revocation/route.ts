import { feedRevokedSchema } from "@/lib/domain/feed";
import { feedParameters } from "@/lib/http/parameters";
import { changeRoute } from "@/lib/http/route";
import { revokeFeed } from "@/lib/services/feeds/revoke-feed";

export const POST = changeRoute({
  permission: "self:write",
  params: feedParameters,
  answer: feedRevokedSchema,
  handle: ({ context, params }) => revokeFeed({ context, id: params.feedId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
