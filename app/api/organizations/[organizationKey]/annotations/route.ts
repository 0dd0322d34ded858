import { annotatedAnswerSchema, annotateManyInputSchema } from "@/lib/domain/annotation-change";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { annotateServiceAccounts } from "@/lib/services/annotations/annotate-many";

export const POST = organizationChange({
  permission: "annotation:write",
  params: organizationParameters,
  body: annotateManyInputSchema,
  answer: annotatedAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => annotateServiceAccounts({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
