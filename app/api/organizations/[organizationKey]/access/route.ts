import { accessPageSchema } from "@/lib/domain/access-view";
import { accessQuerySchema } from "@/lib/domain/list-query";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { getAccess } from "@/lib/services/access/get-access";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  query: accessQuerySchema,
  answer: accessPageSchema,
  handle: ({ context, query }) => getAccess(context, query),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
