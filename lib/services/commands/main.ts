import { loadCommandEnvironment } from "@/lib/env/command-environment";
import { runCommand } from "./run";

process.exitCode = await runCommand({
  argv: process.argv.slice(2),
  load: loadCommandEnvironment,
  print: (line) => process.stdout.write(`${line}\n`),
});
