import { batchAnswerSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { finishMemberships } from "@/lib/services/rotations/finish-memberships";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  answer: batchAnswerSchema,
  handle: ({ context, params }) => finishMemberships({ context, rotationId: params.rotationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
