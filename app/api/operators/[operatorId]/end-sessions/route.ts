import { sessionsEndedSchema } from "@/lib/domain/operator-session";
import { operatorParameters } from "@/lib/http/parameters";
import { changeRoute } from "@/lib/http/route";
import { endAllSessions } from "@/lib/services/sessions/end-all";

export const POST = changeRoute({
  permission: "session:end",
  params: operatorParameters,
  answer: sessionsEndedSchema,
  handle: ({ context, params }) => endAllSessions({ context, input: params }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
