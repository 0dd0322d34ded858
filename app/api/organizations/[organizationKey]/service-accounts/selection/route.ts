import { accountSelectionSchema } from "@/lib/domain/inventory-view";
import { selectionQuerySchema } from "@/lib/domain/list-query";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { selectServiceAccounts } from "@/lib/services/service-accounts/select-service-accounts";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  query: selectionQuerySchema,
  answer: accountSelectionSchema,
  handle: ({ context, query }) => selectServiceAccounts(context, query),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
