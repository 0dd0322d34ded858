import { campaignViewSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { campaignParameters } from "@/lib/http/parameters";
import { closeCampaign } from "@/lib/services/rotation-campaigns/end";

export const POST = organizationChange({
  permission: "account:rotate",
  params: campaignParameters,
  answer: campaignViewSchema,
  handle: ({ context, params }) => closeCampaign({ context, campaignId: params.campaignId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
