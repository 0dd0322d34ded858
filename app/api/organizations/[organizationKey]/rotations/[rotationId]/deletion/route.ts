import { confirmedInputSchema } from "@/lib/domain/rotation-input";
import { rotationAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { finishRotation } from "@/lib/services/rotations/finish";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  body: confirmedInputSchema,
  answer: rotationAnswerSchema,
  handle: ({ context, params, body }) => finishRotation({ context, rotationId: params.rotationId, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
