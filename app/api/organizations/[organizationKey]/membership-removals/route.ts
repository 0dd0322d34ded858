import { batchAnswerSchema, removeInputSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { removeMemberships } from "@/lib/services/memberships/remove";

export const POST = organizationChange({
  permission: "membership:remove",
  params: organizationParameters,
  body: removeInputSchema,
  answer: batchAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => removeMemberships({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
