import { acceptanceAnswerSchema, acceptInputSchema } from "@/lib/domain/finding-view";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { acceptFinding } from "@/lib/services/findings/accept-finding";

export const POST = organizationChange({
  permission: "finding:accept",
  params: organizationParameters,
  body: acceptInputSchema,
  answer: acceptanceAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => acceptFinding({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
