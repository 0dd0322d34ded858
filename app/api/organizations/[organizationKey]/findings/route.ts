import { findingPageSchema, findingQuerySchema } from "@/lib/domain/finding-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { listFindings } from "@/lib/services/findings/list-findings";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  query: findingQuerySchema,
  answer: findingPageSchema,
  handle: ({ context, query }) => listFindings(context, query),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
