import { auditExportQuerySchema } from "@/lib/domain/list-query";
import { organizationDownload } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { exportAuditEvents } from "@/lib/services/audit/export";

export const GET = organizationDownload({
  permission: "audit:export",
  params: organizationParameters,
  query: auditExportQuerySchema,
  handle: ({ context, query: { format, ...query } }) => exportAuditEvents({ context, input: { query, format } }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
