import { accountDetailSchema } from "@/lib/domain/inventory-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { accountParameters } from "@/lib/http/parameters";
import { getServiceAccount } from "@/lib/services/service-accounts/get-service-account";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: accountParameters,
  answer: accountDetailSchema,
  handle: ({ context, params }) => getServiceAccount(context, params.accountId),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
