import { deliverySchema } from "@/lib/domain/notification";
import { organizationChange } from "@/lib/http/organization-route";
import { deliveryParameters } from "@/lib/http/parameters";
import { retryDelivery } from "@/lib/services/channels/retry-delivery";

export const POST = organizationChange({
  permission: "channel:manage",
  params: deliveryParameters,
  answer: deliverySchema,
  handle: ({ context, params }) => retryDelivery({ context, id: params.deliveryId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
