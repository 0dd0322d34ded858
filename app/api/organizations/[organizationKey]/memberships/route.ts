import { assignInputSchema, batchAnswerSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { assignMemberships } from "@/lib/services/memberships/assign";

export const POST = organizationChange({
  permission: "membership:assign",
  params: organizationParameters,
  body: assignInputSchema,
  answer: batchAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => assignMemberships({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
