import { channelInputSchema, channelSavedSchema, channelsAnswerSchema } from "@/lib/domain/notification-channel";
import { organizationChange, organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { addChannel } from "@/lib/services/channels/add-channel";
import { listChannels } from "@/lib/services/channels/list-channels";

export const GET = organizationRoute({
  permission: "channel:read",
  params: organizationParameters,
  answer: channelsAnswerSchema,
  handle: ({ context }) => listChannels({ context }),
});

export const POST = organizationChange({
  permission: "channel:manage",
  params: organizationParameters,
  body: channelInputSchema,
  answer: channelSavedSchema,
  status: 201,
  handle: ({ context, body, idempotencyKey }) => addChannel({ context, input: body, idempotencyKey }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
