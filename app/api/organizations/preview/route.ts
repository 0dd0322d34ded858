import { credentialInputSchema, previewAnswerSchema } from "@/lib/domain/organization-credential";
import { route } from "@/lib/http/route";
import { previewOrganization } from "@/lib/services/organizations/preview-organization";

/** Changes nothing, neither here nor at Mixpanel; it is a POST so that the secret travels in the body. */
export const POST = route({
  permission: "organization:manage",
  body: credentialInputSchema,
  answer: previewAnswerSchema,
  handle: ({ context, body }) => previewOrganization({ context, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
