import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/paths/paths";

const healthSchema = z.object({ status: z.enum(["ready", "not_ready"]) });
const INTERVAL_MS = 30_000;

/** Whether changes can be recorded, or the console cannot be reached at all. */
export function readinessQuery() {
  return queryOptions({
    queryKey: ["readiness"] as const,
    queryFn: async ({ signal }): Promise<"ready" | "not_ready" | "offline"> => {
      try {
        const response = await fetch(api.ready, { signal, credentials: "omit" });
        return healthSchema.parse(await response.json()).status;
      } catch (error) {
        if (signal.aborted) throw error;
        return "offline";
      }
    },
    refetchInterval: INTERVAL_MS,
    staleTime: 0,
  });
}
