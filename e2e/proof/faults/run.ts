import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { buildWhatChanged } from "../../../lib/simulator/demo/build.mjs";
import { childEnvironment } from "../../../lib/simulator/demo/child-environment.mjs";
import { lastLines, startChild } from "../../../lib/simulator/demo/children.mjs";
import { onePreparationAtATime } from "../../../lib/simulator/demo/preparation-lock.mjs";
import { withPostgresql } from "../postgresql";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, ".demo", "faults");
const FAULTS = 25;

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullable() }),
      ),
    }),
  ),
});
type Test = z.infer<typeof reportSchema>["testResults"][number]["assertionResults"][number];
let passed = 0;
let failed = 0;

/** Runs every fault on one database and prints a line per fault; what could not run here is named, not counted. */
async function runOn(database: string, databaseUrl: string | undefined, only: readonly string[]): Promise<void> {
  const report = join(folder, `${database}.json`);
  rmSync(report, { force: true });
  const child = startChild({
    name: `faults on ${database}`,
    command: [
      process.execPath,
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      ...["--config", "e2e/proof/faults/faults.config.ts", "--reporter=default", "--reporter=json"],
      `--outputFile.json=${report}`,
      ...only,
    ],
    cwd: root,
    env: { ...childEnvironment(root), ...(databaseUrl ? { TEST_DATABASE_URL: databaseUrl } : {}) },
    logFile: join(folder, `${database}.log`),
  });
  const code = await child.exited;
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  for (const { name, status, message, assertionResults } of testResults) {
    const silent = assertionResults.every((test) => test.status !== "failed");
    if (status !== "failed" || !silent) continue;
    failed += 1;
    console.log(`${database}: ${name} could not run: ${message?.split("\n")[0]}\n${lastLines(child)}`);
  }
  if (code !== 0 && failed === 0) {
    failed += 1;
    console.log(`${database}: something failed outside every test\n${lastLines(child)}`);
  }
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (let number = 1; number <= FAULTS; number += 1) {
    tell(
      database,
      `F${number}`,
      tests.filter(({ title }) => new RegExp(`^F${number}\\b`).test(title)),
    );
  }
  tell(
    database,
    "start and stop",
    tests.filter(({ title }) => !/^F\d/.test(title)),
  );
}

function tell(database: string, what: string, tests: readonly Test[]): void {
  const good = tests.filter(({ status }) => status === "passed");
  const bad = tests.filter(({ status }) => status === "failed");
  passed += good.length;
  failed += bad.length;
  const todo = tests.find(({ status }) => status === "todo");
  const state = bad.length > 0 ? "FAILED" : good.length > 0 ? "passed" : todo ? "not applicable" : "not run";
  console.log(
    `${database} ${what}: ${state} (${good.length} of ${good.length + bad.length})${todo ? ` ${todo.title}` : ""}`,
  );
  for (const { title, failureMessages } of bad) console.log(`  ${title}\n    ${failureMessages?.[0]?.split("\n")[0]}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: "string", default: "both" } },
});
const say = (line: string) => console.log(line);
await onePreparationAtATime(root, say, () => buildWhatChanged(root, say));
if (values.database !== "postgresql") await runOn("sqlite", undefined, positionals);
if (values.database !== "sqlite") {
  await withPostgresql(async (server) => {
    say(server.version);
    await runOn("postgresql", server.url, positionals);
  });
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
