import { credentialInputSchema, credentialViewSchema } from "@/lib/domain/organization-credential";
import { organizationChange, organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { viewCredential } from "@/lib/services/organizations/credential-view";
import { replaceCredential } from "@/lib/services/organizations/replace-credential";

export const GET = organizationRoute({
  permission: "organization:manage",
  params: organizationParameters,
  answer: credentialViewSchema,
  handle: ({ context }) => viewCredential({ context }),
});

export const POST = organizationChange({
  permission: "organization:manage",
  params: organizationParameters,
  body: credentialInputSchema,
  answer: credentialViewSchema,
  handle: ({ context, body, idempotencyKey }) => replaceCredential({ context, input: body, idempotencyKey }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
