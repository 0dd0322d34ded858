import { rotationPreviewSchema } from "@/lib/domain/rotation-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { accountParameters } from "@/lib/http/parameters";
import { previewRotation } from "@/lib/services/rotations/preview";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: accountParameters,
  answer: rotationPreviewSchema,
  handle: ({ context, params }) => previewRotation({ context, accountId: params.accountId }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
