import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export type Plant = { path: string; code: string };
export type Caught = { path: string; rule: string };

const root = fileURLToPath(new URL("..", import.meta.url));
const reportSchema = z.object({
  diagnostics: z.array(
    z.object({ severity: z.string(), category: z.string().nullable(), location: z.object({ path: z.string() }) }),
  ),
});

/** Lints the plants under the project's own biome.json, in a folder outside the project, and tells which rule caught which file. */
export function lintPlanted(plants: readonly Plant[]): { caught: Caught[]; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "keywarden-planted-"));
  for (const file of ["biome.json", "tsconfig.json", "package.json", ".gitignore"]) {
    cpSync(join(root, file), join(folder, file));
  }
  for (const { path, code } of plants) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const { diagnostics } = reportSchema.parse(JSON.parse(biomeReport(folder)));
  return {
    caught: diagnostics
      .filter((each) => each.severity === "error")
      .map((each) => ({ path: each.location.path, rule: each.category ?? "" })),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function biomeReport(folder: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const options = ["check", "--error-on-warnings", "--reporter=json", "--max-diagnostics=none", "."];
  try {
    return execFileSync(process.execPath, [biome, ...options], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    // Biome ends with 1 when it finds something, which is what the plants are for.
    const { stdout } = z.object({ stdout: z.string() }).parse(error);
    return stdout;
  }
}
