import { changePolicyInputSchema, policyViewSchema } from "@/lib/domain/policy-view";
import { organizationChange, organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { changePolicy } from "@/lib/services/policy/change-policy";
import { getPolicy } from "@/lib/services/policy/get-policy";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  answer: policyViewSchema,
  handle: ({ context }) => getPolicy(context),
});

export const POST = organizationChange({
  permission: "policy:manage",
  params: organizationParameters,
  body: changePolicyInputSchema,
  answer: policyViewSchema,
  handle: ({ context, body, idempotencyKey }) => changePolicy({ context, input: body, idempotencyKey }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
