import { operationsAnswerSchema } from "@/lib/domain/change";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { listUnfinished } from "@/lib/services/operations/list-unfinished";

export const GET = organizationRoute({
  permission: "operation:read",
  params: organizationParameters,
  answer: operationsAnswerSchema,
  handle: ({ context }) => listUnfinished({ context }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
