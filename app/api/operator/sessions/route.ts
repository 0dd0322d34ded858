import { endOwnSessionsInputSchema, ownSessionsSchema, sessionsEndedSchema } from "@/lib/domain/operator-session";
import { changeRoute, route } from "@/lib/http/route";
import { endOwnSessions } from "@/lib/services/sessions/end-own";
import { listOwnSessions } from "@/lib/services/sessions/list-own";

export const GET = route({
  permission: "inventory:read",
  answer: ownSessionsSchema,
  handle: ({ context }) => listOwnSessions({ context }),
});

export const POST = changeRoute({
  permission: "self:write",
  body: endOwnSessionsInputSchema,
  answer: sessionsEndedSchema,
  handle: ({ context, body }) => endOwnSessions({ context, input: body }),
});

export {
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
