import { annotationViewSchema } from "@/lib/domain/annotation";
import { annotateInputSchema } from "@/lib/domain/annotation-change";
import { organizationChange } from "@/lib/http/organization-route";
import { accountParameters } from "@/lib/http/parameters";
import { annotateServiceAccount } from "@/lib/services/annotations/annotate";

export const POST = organizationChange({
  permission: "annotation:write",
  params: accountParameters,
  body: annotateInputSchema,
  answer: annotationViewSchema,
  handle: ({ context, params, body, idempotencyKey }) =>
    annotateServiceAccount({ context, accountId: params.accountId, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
