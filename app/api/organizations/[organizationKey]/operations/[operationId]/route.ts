import { operationViewSchema } from "@/lib/domain/change";
import { organizationRoute } from "@/lib/http/organization-route";
import { operationParameters } from "@/lib/http/parameters";
import { getOperation } from "@/lib/services/operations/get-operation";

export const GET = organizationRoute({
  permission: "operation:read",
  params: operationParameters,
  answer: operationViewSchema,
  handle: ({ context, params }) => getOperation({ context, operationId: params.operationId }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
