import { createContext, Script } from "node:vm";
import type { Fits } from "@/lib/domain/finding";
import { wholeName } from "@/lib/domain/name-pattern";

const PATIENCE_MS = 200;
const script = new Script(
  "JSON.stringify(names.map((name) => patterns.some((source) => new RegExp(source, 'u').test(name))))",
);

/** Some pattern needs longer than it may: it goes back and forth over names without end. */
export class PatternsTooSlowError extends Error {
  override name = "PatternsTooSlowError";
}

/**
 * Which of these names have one of the forms. The patterns are an administrator's, and one of them can keep a process
 * busy for years with one name, so they are given a time. Throws PatternsTooSlowError.
 */
export function matchNames(names: readonly string[], patterns: readonly { pattern: string }[]): Fits {
  const fitting = new Set<string>();
  if (patterns.length > 0 && names.length > 0) {
    const sources = patterns.map(({ pattern }) => wholeName(pattern).source);
    for (const [index, fits] of run(names, sources).entries()) {
      const name = names[index];
      if (fits && name !== undefined) fitting.add(name);
    }
  }
  return (name) => fitting.has(name);
}

function run(names: readonly string[], patterns: readonly string[]): boolean[] {
  try {
    const answer: unknown = script.runInContext(createContext({ names, patterns }), { timeout: PATIENCE_MS });
    const parsed: unknown = JSON.parse(String(answer));
    return Array.isArray(parsed) ? parsed.map((fits) => fits === true) : [];
  } catch (error) {
    throw new PatternsTooSlowError("The name patterns take too long.", { cause: error });
  }
}
