import { issuedAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { issueRotation } from "@/lib/services/rotations/issue";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  answer: issuedAnswerSchema,
  handle: ({ context, params }) => issueRotation({ context, rotationId: params.rotationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
