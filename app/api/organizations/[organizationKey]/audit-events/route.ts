import { auditPageSchema } from "@/lib/domain/audit-event";
import { auditQuerySchema } from "@/lib/domain/list-query";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { listAuditEvents } from "@/lib/services/audit/list";

export const GET = organizationRoute({
  permission: "audit:read",
  params: organizationParameters,
  query: auditQuerySchema,
  answer: auditPageSchema,
  handle: ({ context, query }) => listAuditEvents({ context, input: query }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
