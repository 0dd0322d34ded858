import { dryRunAnswerSchema, dryRunInputSchema } from "@/lib/domain/policy-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { dryRunPolicy } from "@/lib/services/policy/dry-run-policy";

/** Changes nothing; it is a POST because a policy is longer than an address may be. */
export const POST = organizationRoute({
  permission: "policy:manage",
  params: organizationParameters,
  body: dryRunInputSchema,
  answer: dryRunAnswerSchema,
  handle: ({ context, body }) => dryRunPolicy({ context, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
