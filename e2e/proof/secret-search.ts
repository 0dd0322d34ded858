import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";

const CHUNK = 4 * 1024 * 1024;

/** Finds secrets as they are, in texts and in the bytes of files. Fast for thousands of secrets of few lengths. */
export class SecretSearch {
  private readonly byLength = new Map<number, Set<string>>();
  private readonly longest: number;

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) {
      const same = this.byLength.get(secret.length) ?? new Set();
      this.byLength.set(secret.length, same.add(secret));
    }
    this.longest = Math.max(1, ...this.byLength.keys());
  }

  /** How many times a secret stands in the text. */
  inText(text: string): number {
    let hits = 0;
    for (const [length, secrets] of this.byLength) {
      if (secrets.size < 40) {
        for (const secret of secrets) hits += text.split(secret).length - 1;
        continue;
      }
      // Secrets that Mixpanel makes are letters and digits: only runs that are long enough can hold one.
      for (const { 0: run } of text.matchAll(new RegExp(`[A-Za-z0-9]{${length},}`, "g"))) {
        for (let at = 0; at + length <= run.length; at += 1) if (secrets.has(run.slice(at, at + length))) hits += 1;
      }
    }
    return hits;
  }

  /**
   * The files under a folder that hold one, as `inFiles` finds them in a copy that another process made: whoever closes
   * a SQLite file ends the locks that the own process has on it (https://sqlite.org/howtocorrupt.html, 2.2).
   */
  inFilesInUse(path: string): string[] {
    if (!existsSync(path)) return [];
    const copies = mkdtempSync(join(tmpdir(), "keywarden-search-"));
    try {
      execFileSync("cp", ["-R", path, copies]);
      return this.inFiles(copies).map((file) => join(path, relative(join(copies, basename(path)), file)));
    } finally {
      rmSync(copies, { recursive: true, force: true });
    }
  }

  /** The files under a folder that hold one, in whatever form the program wrote them. */
  inFiles(path: string): string[] {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return [];
    if (stats.isDirectory()) return readdirSync(path).flatMap((name) => this.inFiles(join(path, name)));
    return stats.isFile() && this.inFile(path) ? [path] : [];
  }

  private inFile(path: string): boolean {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(CHUNK);
      for (let rest = ""; ; ) {
        const count = readSync(file, buffer);
        if (count === 0) return false;
        const text = rest + buffer.toString("latin1", 0, count);
        if (this.inText(text) > 0) return true;
        rest = text.slice(-this.longest);
      }
    } finally {
      closeSync(file);
    }
  }
}
