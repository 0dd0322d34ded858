import { lastLines, startChild } from "./children.mjs";

/**
 * Runs a command to its end; throws with its last lines when it fails.
 * @param {import("./children.mjs").ChildOptions} options
 */
export async function runStep(options) {
  const child = startChild(options);
  const code = await child.exited;
  if (code !== 0)
    throw new Error(`The ${options.name} failed (exit ${code}). ${options.logFile} ends with:\n${lastLines(child)}`);
}
