import { findingQuerySchema } from "@/lib/domain/finding-view";
import { csvDownload } from "@/lib/http/download-route";
import { organizationDownload } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { exportFindings } from "@/lib/services/findings/export-findings";

export const GET = organizationDownload({
  permission: "inventory:read",
  params: organizationParameters,
  query: findingQuerySchema,
  handle: async ({ context, query }) =>
    csvDownload(`findings-${context.organization.key}`, exportFindings(context, query), context.now()),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
