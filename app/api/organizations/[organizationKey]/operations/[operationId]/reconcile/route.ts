import { operationViewSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { operationParameters } from "@/lib/http/parameters";
import { reconcileOperation } from "@/lib/services/operations/reconcile-operation";

export const POST = organizationChange({
  permission: "operation:reconcile",
  params: operationParameters,
  answer: operationViewSchema,
  handle: ({ context, params }) => reconcileOperation({ context, operationId: params.operationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
