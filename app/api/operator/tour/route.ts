import { tourStateSchema } from "@/lib/domain/tour";
import { route } from "@/lib/http/route";
import { saveTour } from "@/lib/services/operators/tour";

export const PUT = route({
  permission: "self:write",
  body: tourStateSchema,
  answer: tourStateSchema,
  handle: ({ context, body }) => saveTour({ context, input: body }),
});

export {
  methodNotAllowed as GET,
  methodNotAllowed as POST,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
