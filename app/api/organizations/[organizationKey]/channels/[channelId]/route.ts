import { channelChangeSchema, channelSavedSchema } from "@/lib/domain/notification-channel";
import { organizationChange } from "@/lib/http/organization-route";
import { channelParameters } from "@/lib/http/parameters";
import { changeChannel } from "@/lib/services/channels/change-channel";

export const POST = organizationChange({
  permission: "channel:manage",
  params: channelParameters,
  body: channelChangeSchema,
  answer: channelSavedSchema,
  handle: ({ context, params, body, idempotencyKey }) =>
    changeChannel({ context, id: params.channelId, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
