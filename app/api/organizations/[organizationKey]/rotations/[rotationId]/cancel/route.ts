import { rotationAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { cancelRotation } from "@/lib/services/rotations/cancel";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  answer: rotationAnswerSchema,
  handle: ({ context, params }) => cancelRotation({ context, rotationId: params.rotationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
