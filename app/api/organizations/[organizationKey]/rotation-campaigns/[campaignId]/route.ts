import { campaignViewSchema } from "@/lib/domain/rotation-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { campaignParameters } from "@/lib/http/parameters";
import { getCampaign } from "@/lib/services/rotation-campaigns/get";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: campaignParameters,
  answer: campaignViewSchema,
  handle: ({ context, params }) => getCampaign({ context, campaignId: params.campaignId }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
