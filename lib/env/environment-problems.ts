/** The start stops on this; `lines` are for the terminal, one problem each. */
export class EnvironmentError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "EnvironmentError";
    this.lines = lines;
  }
}

/** Collects what is wrong with the environment. A line names the variable, the reason and an example, never a value. */
export class EnvironmentProblems {
  private readonly lines: string[] = [];

  add(variable: string, reason: string, example: string): void {
    this.addText(`${variable} ${reason}. Example: ${variable}=${example}`);
  }

  /** For an entry of a file, where `NAME=value` would not be an example. The same line is said once. */
  addText(line: string): void {
    if (!this.lines.includes(line)) this.lines.push(line);
  }

  throwIfAny(): void {
    if (this.lines.length > 0) throw new EnvironmentError([...this.lines]);
  }
}
