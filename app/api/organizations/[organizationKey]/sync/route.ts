import { syncViewSchema } from "@/lib/domain/inventory-view";
import { organizationChange, organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { getSync } from "@/lib/services/inventory/get-sync";
import { startSync, startSyncInputSchema } from "@/lib/services/inventory/start-sync";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  answer: syncViewSchema,
  handle: ({ context }) => getSync(context),
});

export const POST = organizationChange({
  permission: "inventory:sync",
  params: organizationParameters,
  body: startSyncInputSchema,
  answer: syncViewSchema,
  handle: ({ context, body }) => startSync(context, body),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
