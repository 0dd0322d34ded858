import { channelRemovedSchema } from "@/lib/domain/notification-channel";
import { organizationChange } from "@/lib/http/organization-route";
import { channelParameters } from "@/lib/http/parameters";
import { removeChannel } from "@/lib/services/channels/remove-channel";

export const POST = organizationChange({
  permission: "channel:manage",
  params: channelParameters,
  answer: channelRemovedSchema,
  handle: ({ context, params }) => removeChannel({ context, id: params.channelId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
