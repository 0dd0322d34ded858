import { operationViewSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { operationParameters } from "@/lib/http/parameters";
import { confirmSecret } from "@/lib/services/secrets/confirm-secret";

export const POST = organizationChange({
  permission: "account:create",
  params: operationParameters,
  answer: operationViewSchema,
  handle: ({ context, params }) => confirmSecret({ context, operationId: params.operationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
