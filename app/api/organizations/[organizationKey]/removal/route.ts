import { organizationRemovedSchema, removeOrganizationInputSchema } from "@/lib/domain/organization-credential";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { removeOrganization } from "@/lib/services/organizations/remove-organization";

export const POST = organizationChange({
  permission: "organization:manage",
  params: organizationParameters,
  body: removeOrganizationInputSchema,
  answer: organizationRemovedSchema,
  handle: ({ context, body }) => removeOrganization({ context, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
