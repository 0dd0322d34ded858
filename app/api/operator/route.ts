import { operatorAnswerSchema } from "@/lib/domain/tour";
import { route } from "@/lib/http/route";
import { getOperator } from "@/lib/services/operators/tour";

export const GET = route({
  permission: "inventory:read",
  answer: operatorAnswerSchema,
  handle: ({ context }) => getOperator({ context }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
