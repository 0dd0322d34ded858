import { cancelRotationInputSchema, credentialViewSchema } from "@/lib/domain/organization-credential";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { cancelRotation } from "@/lib/services/credential-rotation/cancel-rotation";

export const POST = organizationChange({
  permission: "organization:manage",
  params: organizationParameters,
  body: cancelRotationInputSchema,
  answer: credentialViewSchema,
  handle: ({ context, body }) => cancelRotation({ context, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
