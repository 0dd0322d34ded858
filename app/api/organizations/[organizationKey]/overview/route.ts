import { overviewSchema } from "@/lib/domain/inventory-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { getOverview } from "@/lib/services/overview/get-overview";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  answer: overviewSchema,
  handle: ({ context }) => getOverview(context),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
