import { projectDetailSchema } from "@/lib/domain/inventory-view";
import { organizationRoute } from "@/lib/http/organization-route";
import { projectParameters } from "@/lib/http/parameters";
import { getProject } from "@/lib/services/projects/get-project";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: projectParameters,
  answer: projectDetailSchema,
  handle: ({ context, params }) => getProject(context, params.projectId),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
