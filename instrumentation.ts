/** Called by Next once, before the first request. Builds have no environment to start with. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { startProcess } = await import("@/lib/jobs/start-process");
  const { guardConnections } = await import("@/lib/http/connection-edge");
  const { environment } = await startProcess();
  const https = environment.signIn.url.startsWith("https:");
  guardConnections({ trustedProxies: environment.trustedProxies, https });
}
