import { accountQuerySchema } from "@/lib/domain/list-query";
import { csvDownload } from "@/lib/http/download-route";
import { organizationDownload } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { exportServiceAccounts } from "@/lib/services/service-accounts/export-service-accounts";

export const GET = organizationDownload({
  permission: "inventory:read",
  params: organizationParameters,
  query: accountQuerySchema,
  handle: async ({ context, query }) =>
    csvDownload(`service-accounts-${context.organization.key}`, exportServiceAccounts(context, query), context.now()),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
