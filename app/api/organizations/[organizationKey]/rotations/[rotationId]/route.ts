import { rotationAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { getRotation } from "@/lib/services/rotations/get";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: rotationParameters,
  answer: rotationAnswerSchema,
  handle: ({ context, params }) => getRotation({ context, rotationId: params.rotationId }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
