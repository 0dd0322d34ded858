import { tryAnswerSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { operationParameters } from "@/lib/http/parameters";
import { trySecret } from "@/lib/services/secrets/try-secret";

export const POST = organizationChange({
  permission: "account:create",
  params: operationParameters,
  answer: tryAnswerSchema,
  handle: ({ context, params }) => trySecret({ context, operationId: params.operationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
