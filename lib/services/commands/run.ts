import type { CommandEnvironment } from "@/lib/env/command-environment";
import { EnvironmentError } from "@/lib/env/environment-problems";
import { backup } from "./backup";
import type { Command } from "./command";
import { restore } from "./restore";
import { rotateSealingKey } from "./rotate-sealing-key";
import { verifyAudit } from "./verify-audit";

const commands = new Map<string, Command>([
  ["audit:verify", verifyAudit],
  ["sealing:rotate", rotateSealingKey],
  ["backup", backup],
  ["restore", restore],
]);

type Run = { argv: readonly string[]; load: () => CommandEnvironment; print: (line: string) => void };

/** Runs the command that `argv` names and answers the exit code; what goes wrong is said in lines, never as a stack. */
export async function runCommand({ argv: [name = "", ...args], load, print }: Run): Promise<number> {
  const command = commands.get(name);
  if (!command) {
    print(`Commands: ${[...commands.keys()].join(", ")}.`);
    return 2;
  }
  try {
    return await command({ args, environment: load(), print });
  } catch (error) {
    for (const line of error instanceof EnvironmentError ? error.lines : [messageOf(error)]) print(line);
    return 1;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The command failed.";
}
