import type { EnvironmentProblems } from "./environment-problems";

export type ReadFile = (path: string) => string;
export type Source = Readonly<Record<string, string | undefined>>;

/** Reads single variables. Empty text counts as absent; a problem is noted, never thrown, so that all show at once. */
export class Variables {
  constructor(
    private readonly source: Source,
    private readonly readFile: ReadFile,
    readonly problems: EnvironmentProblems,
  ) {}

  text(name: string): string | undefined {
    return this.source[name]?.trim() || undefined;
  }

  requiredText(name: string, example: string): string {
    const value = this.text(name);
    if (value === undefined) this.problems.add(name, "is missing", example);
    return value ?? "";
  }

  /** A secret may stand in a file that NAME_FILE names; giving both is refused, for nobody could say which one counts. */
  secret(name: string, example: string): string | undefined {
    const value = this.text(name);
    const path = this.text(`${name}_FILE`);
    if (value && path) {
      this.problems.add(name, `is given together with ${name}_FILE; give only one of them`, example);
      return value;
    }
    return path ? this.file(`${name}_FILE`, path) : value;
  }

  requiredSecret(name: string, example: string): string | undefined {
    if (!this.text(name) && !this.text(`${name}_FILE`)) {
      this.problems.add(name, `is missing (${name}_FILE may name a file that holds it)`, example);
      return undefined;
    }
    return this.secret(name, example);
  }

  /** The trimmed content of a file that a variable names. */
  file(name: string, path: string): string | undefined {
    try {
      const content = this.readFile(path).trim();
      if (content) return content;
      this.problems.add(name, "names an empty file", "/run/secrets/name");
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
      this.problems.add(name, `names a file that cannot be read (${code})`, "/run/secrets/name");
    }
    return undefined;
  }

  list(name: string): string[] {
    const parts = (this.source[name] ?? "").split(",").map((part) => part.trim());
    return [...new Set(parts.filter(Boolean))];
  }

  integer(name: string, fallback: number, range: { min: number; max: number }): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= range.min && number <= range.max) return number;
    this.problems.add(name, `is not a whole number from ${range.min} to ${range.max}`, String(fallback));
    return fallback;
  }

  oneOf<const T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice) return choice;
    this.problems.add(name, `is not one of ${choices.join(", ")}`, fallback);
    return fallback;
  }
}
