import { rotationAnswerSchema } from "@/lib/domain/rotation-view";
import { organizationChange } from "@/lib/http/organization-route";
import { rotationParameters } from "@/lib/http/parameters";
import { restorePredecessor } from "@/lib/services/rotations/quarantine";

export const POST = organizationChange({
  permission: "account:rotate",
  params: rotationParameters,
  answer: rotationAnswerSchema,
  handle: ({ context, params }) => restorePredecessor({ context, rotationId: params.rotationId }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
