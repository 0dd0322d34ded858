import { breakGlassInputSchema } from "@/lib/domain/rotation-input";
import { issuedAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { breakGlass } from "@/lib/services/rotations/break-glass";

export const POST = organizationChange({
  permission: "account:rotate",
  params: organizationParameters,
  body: breakGlassInputSchema,
  answer: issuedAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => breakGlass({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
