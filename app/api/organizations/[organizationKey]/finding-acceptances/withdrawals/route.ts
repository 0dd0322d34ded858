import { acceptanceAnswerSchema, withdrawInputSchema } from "@/lib/domain/finding-view";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { withdrawAcceptance } from "@/lib/services/findings/accept-finding";

export const POST = organizationChange({
  permission: "finding:accept",
  params: organizationParameters,
  body: withdrawInputSchema,
  answer: acceptanceAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => withdrawAcceptance({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
