import { confirmedInputSchema } from "@/lib/domain/rotation-input";
import { issuedAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { reissueReplacement } from "@/lib/services/rotations/reissue";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  body: confirmedInputSchema,
  answer: issuedAnswerSchema,
  handle: ({ context, params, body }) => reissueReplacement({ context, rotationId: params.rotationId, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
