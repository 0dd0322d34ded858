import { machineRoute } from "@/lib/http/machine-route";
import { renderMetrics } from "@/lib/services/metrics/render-metrics";

export const GET = machineRoute({
  token: ({ metricsToken }) => metricsToken,
  handle: renderMetrics,
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
