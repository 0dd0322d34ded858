import { accountQuerySchema } from "@/lib/domain/list-query";
import { csvDownload } from "@/lib/http/download-route";
import { organizationDownload } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { exportAnnotations } from "@/lib/services/annotations/export-annotations";

export const GET = organizationDownload({
  permission: "inventory:read",
  params: organizationParameters,
  query: accountQuerySchema,
  handle: async ({ context, query }) =>
    csvDownload(`annotations-${context.organization.key}`, exportAnnotations(context, query), context.now()),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
