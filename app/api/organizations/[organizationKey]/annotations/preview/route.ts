import { importAnswerSchema, importPreviewInputSchema } from "@/lib/domain/annotation-import";
import { organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { previewImport } from "@/lib/services/annotations/import-annotations";

/** Changes nothing; it is a POST so that a file's rows travel in the body. */
export const POST = organizationRoute({
  permission: "annotation:write",
  params: organizationParameters,
  body: importPreviewInputSchema,
  answer: importAnswerSchema,
  handle: ({ context, body }) => previewImport(context, body),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
