import { loadEnvironment } from "@/lib/env/environment";
import { EnvironmentError } from "@/lib/env/environment-problems";
import { type OpenedApp, openAppContext } from "@/lib/services/app/open";
import { settleSyncs } from "@/lib/services/inventory/sync";
import { provideAppContext, stopTakingChanges } from "@/lib/services/process";
import { startJobs } from "./start-jobs";

/** Makes the process ready to answer. Where it must not run it says why, one line per reason, and ends with 1. */
export async function startProcess(): Promise<OpenedApp["context"]> {
  try {
    const app = await openAppContext(loadEnvironment());
    provideAppContext(app.context);
    const jobs = await startJobs(app.context);
    stopOnSignal(app, jobs.stop);
    return app.context;
  } catch (error) {
    const lines = error instanceof EnvironmentError ? error.lines : [`Keywarden cannot start: ${messageOf(error)}`];
    process.stderr.write(`${lines.join("\n")}\n`);
    process.exit(1);
  }
}

/** Next waits for requests under way and then ends the process; this ends what Next does not know of. */
function stopOnSignal(app: OpenedApp, stopJobs: () => Promise<void>): void {
  const { logger, database } = app.context;
  const stop = async (signal: string) => {
    logger.info({ signal }, "Stopping: changes are refused, what is under way ends.");
    await stopTakingChanges();
    await settleSyncs(database);
    await stopJobs();
    await app.close();
    logger.info("Stopped.");
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      stop(signal).catch((error: unknown) => logger.error({ err: error }, "Stopping did not go as it should."));
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
