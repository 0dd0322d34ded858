import { createdAnswerSchema, createInputSchema } from "@/lib/domain/change";
import { accountPageSchema } from "@/lib/domain/inventory-view";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { organizationChange, organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { listServiceAccounts } from "@/lib/services/service-accounts/list-service-accounts";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  query: accountQuerySchema,
  answer: accountPageSchema,
  handle: ({ context, query }) => listServiceAccounts(context, query),
});

export const POST = organizationChange({
  permission: "account:create",
  params: organizationParameters,
  body: createInputSchema,
  answer: createdAnswerSchema,
  status: 201,
  handle: ({ context, body, idempotencyKey }) => createServiceAccount({ context, input: body, idempotencyKey }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
