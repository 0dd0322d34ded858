import { batchAnswerSchema, deleteInputSchema } from "@/lib/domain/change";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";

export const POST = organizationChange({
  permission: "account:delete",
  params: organizationParameters,
  body: deleteInputSchema,
  answer: batchAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => deleteServiceAccounts({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
