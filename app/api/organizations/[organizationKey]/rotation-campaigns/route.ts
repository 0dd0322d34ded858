import { campaignInputSchema, campaignViewSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { createCampaign } from "@/lib/services/rotation-campaigns/create";

export const POST = organizationChange({
  permission: "account:rotate",
  params: organizationParameters,
  body: campaignInputSchema,
  answer: campaignViewSchema,
  status: 201,
  handle: ({ context, body, idempotencyKey }) => createCampaign({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
