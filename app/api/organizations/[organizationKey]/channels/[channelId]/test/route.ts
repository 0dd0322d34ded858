import { channelTestSchema } from "@/lib/domain/notification-channel";
import { organizationChange } from "@/lib/http/organization-route";
import { channelParameters } from "@/lib/http/parameters";
import { testChannel } from "@/lib/services/channels/test-channel";

export const POST = organizationChange({
  permission: "channel:manage",
  params: channelParameters,
  answer: channelTestSchema,
  handle: ({ context, params }) => testChannel({ context, id: params.channelId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
