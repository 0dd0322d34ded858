import { feedRoute } from "@/lib/http/feed-route";
import { renderChanges } from "@/lib/services/feeds/changes";

export const GET = feedRoute({ contentType: "application/atom+xml; charset=utf-8", render: renderChanges });

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
