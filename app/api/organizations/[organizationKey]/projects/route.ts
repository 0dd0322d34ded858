import { projectPageSchema } from "@/lib/domain/inventory-view";
import { projectQuerySchema } from "@/lib/domain/list-query";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { listProjects } from "@/lib/services/projects/list-projects";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  query: projectQuerySchema,
  answer: projectPageSchema,
  handle: ({ context, query }) => listProjects(context, query),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
