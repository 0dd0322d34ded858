import { organizationsAnswerSchema } from "@/lib/domain/inventory-view";
import { route } from "@/lib/http/route";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";

export const GET = route({
  permission: "inventory:read",
  answer: organizationsAnswerSchema,
  handle: ({ context }) => listOrganizations(context),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
