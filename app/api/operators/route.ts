import { operatorListSchema } from "@/lib/domain/operator-session";
import { route } from "@/lib/http/route";
import { listKnownOperators } from "@/lib/services/sessions/list-operators";

export const GET = route({
  permission: "session:end",
  answer: operatorListSchema,
  handle: ({ context }) => listKnownOperators({ context }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
