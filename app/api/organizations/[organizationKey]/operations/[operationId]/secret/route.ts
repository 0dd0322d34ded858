import { createdAnswerSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { operationParameters } from "@/lib/http/parameters";
import { openSecret } from "@/lib/services/secrets/open-secret";

export const POST = organizationChange({
  permission: "account:create",
  params: operationParameters,
  answer: createdAnswerSchema,
  handle: ({ context, params }) => openSecret({ context, operationId: params.operationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
