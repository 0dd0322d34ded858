import { importAnswerSchema, importInputSchema } from "@/lib/domain/annotation-import";
import { organizationChange } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { importAnnotations } from "@/lib/services/annotations/import-annotations";

export const POST = organizationChange({
  permission: "annotation:write",
  params: organizationParameters,
  body: importInputSchema,
  answer: importAnswerSchema,
  handle: ({ context, body, idempotencyKey }) => importAnnotations({ context, input: body, idempotencyKey }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
