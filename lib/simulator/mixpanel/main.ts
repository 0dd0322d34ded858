import { readOptions, UsageError } from "./options";
import { type RunningSimulator, startSimulator } from "./server";

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function startFailure(failure: unknown, port: number): string {
  const code = failure instanceof Error && "code" in failure ? failure.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken: stop what uses it, or choose another with SIMULATOR_PORT or --port.`;
  }
  if (code === "EACCES") return `Port ${port} may not be used: choose another with SIMULATOR_PORT or --port.`;
  return `The simulator could not start on port ${port}: ${failure instanceof Error ? failure.message : String(failure)}`;
}

async function main(): Promise<void> {
  let port = 0;
  let running: RunningSimulator;
  try {
    const options = readOptions(process.argv.slice(2), process.env.SIMULATOR_PORT);
    port = options.port;
    running = await startSimulator(options);
  } catch (failure) {
    fail(failure instanceof UsageError ? failure.message : startFailure(failure, port));
  }
  const { stop, ...description } = running;
  process.stdout.write(`${JSON.stringify(description)}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
}

await main();
