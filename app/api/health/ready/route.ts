import { healthAnswerSchema, publicRoute } from "@/lib/http/public-route";
import { isReady } from "@/lib/services/app/is-ready";

/** Whether this process should get requests: it can record a change, and is not about to stop. */
export const GET = publicRoute({
  answer: healthAnswerSchema,
  handle: async () =>
    (await isReady()) ? { status: 200, value: { status: "ready" } } : { status: 503, value: { status: "not_ready" } },
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
