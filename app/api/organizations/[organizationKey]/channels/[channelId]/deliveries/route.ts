import { deliveriesSchema, deliveryQuerySchema } from "@/lib/domain/notification";
import { organizationRoute } from "@/lib/http/organization-route";
import { channelParameters } from "@/lib/http/parameters";
import { listDeliveries } from "@/lib/services/channels/list-deliveries";

export const GET = organizationRoute({
  permission: "channel:read",
  params: channelParameters,
  query: deliveryQuerySchema,
  answer: deliveriesSchema,
  handle: ({ context, params, query }) => listDeliveries({ context, id: params.channelId, page: query }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
