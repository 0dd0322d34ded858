import { credentialViewSchema, rotationInputSchema } from "@/lib/domain/organization-credential";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { rotateOwnCredential } from "@/lib/services/credential-rotation/rotate-own-credential";

export const POST = organizationChange({
  permission: "organization:manage",
  params: organizationParameters,
  body: rotationInputSchema,
  answer: credentialViewSchema,
  handle: ({ context, body, idempotencyKey }) => rotateOwnCredential({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
