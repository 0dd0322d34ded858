import { postureSchema } from "@/lib/domain/posture";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { getPosture } from "@/lib/services/posture/get-posture";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  answer: postureSchema,
  handle: ({ context }) => getPosture(context),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
