import { healthAnswerSchema, publicRoute } from "@/lib/http/public-route";

/** The process answers: that is all it says, whatever the database or Mixpanel do. */
export const GET = publicRoute({
  answer: healthAnswerSchema,
  handle: async () => ({ status: 200, value: { status: "live" } }),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
