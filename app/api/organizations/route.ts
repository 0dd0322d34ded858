import { organizationsAnswerSchema } from "@/lib/domain/inventory-view";
import { addOrganizationInputSchema, organizationAnswerSchema } from "@/lib/domain/organization-credential";
import { changeRoute, route } from "@/lib/http/route";
import { addOrganization } from "@/lib/services/organizations/add-organization";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";

export const GET = route({
  permission: "inventory:read",
  answer: organizationsAnswerSchema,
  handle: ({ context }) => listOrganizations(context),
});

export const POST = changeRoute({
  permission: "organization:manage",
  body: addOrganizationInputSchema,
  answer: organizationAnswerSchema,
  status: 201,
  handle: ({ context, body, idempotencyKey }) => addOrganization({ context, input: body, idempotencyKey }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
