import { rotationAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { handOverRotation } from "@/lib/services/rotations/hand-over";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  answer: rotationAnswerSchema,
  handle: ({ context, params }) => handOverRotation({ context, rotationId: params.rotationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
