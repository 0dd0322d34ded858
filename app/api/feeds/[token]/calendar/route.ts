import { feedRoute } from "@/lib/http/feed-route";
import { renderCalendar } from "@/lib/services/feeds/calendar";

export const GET = feedRoute({ contentType: "text/calendar; charset=utf-8", render: renderCalendar });

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
