import { createUpstream, type Upstream, type UpstreamConfiguration, type UpstreamOptions } from "@/lib/mixpanel/client";
import { baseUrlsFor } from "@/lib/mixpanel/regions";
import { UpstreamError } from "@/lib/mixpanel/upstream-error";

export const credential = {
  username: "console.0a1b2c.mp-service-account",
  secret: "Canary0123456789Canary0123456789",
};

/** An upstream to one base, that does not wait between attempts. */
export function connectTo(
  baseUrl: string,
  options: UpstreamOptions = {},
  configuration: Partial<UpstreamConfiguration> = {},
): Upstream {
  return createUpstream(
    { ...credential, mixpanelId: 77, region: "us", baseUrls: baseUrlsFor(baseUrl), ...configuration },
    {
      random: () => 0,
      sleep: async () => {},
      ...options,
      deadlines: { connect: 1_000, headers: 3_000, body: 3_000, total: 4_000, ...options.deadlines },
    },
  );
}

/** The UpstreamError a call fails with; anything else, success included, is a failure of the test. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  const outcome = await call.then(
    () => new Error("It succeeded."),
    (error: unknown) => error,
  );
  if (outcome instanceof UpstreamError) return outcome;
  throw outcome;
}
