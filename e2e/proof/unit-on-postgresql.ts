import { join } from "node:path";
import { parseArgs } from "node:util";
import { childEnvironment } from "../../lib/simulator/demo/child-environment.mjs";
import { startChild } from "../../lib/simulator/demo/children.mjs";
import { withPostgresql } from "./postgresql";
import { root } from "./provide-build";

/** What speaks to the database; each of these tests runs on SQLite in `npm test` already. */
const everything = [
  "lib/db",
  "lib/services",
  "lib/auth",
  "lib/http",
  "e2e/proof/five-checks.test.ts",
  "e2e/proof/torture",
];

const { positionals } = parseArgs({ allowPositionals: true });

/** `npm run test:postgresql [-- PATH…]`: the same unit tests on a throw-away PostgreSQL server. */
const code = await withPostgresql(async ({ url, version }) => {
  console.log(version);
  const child = startChild({
    name: "unit tests on PostgreSQL",
    command: [
      process.execPath,
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      ...(positionals.length > 0 ? positionals : everything),
    ],
    cwd: root,
    env: { ...childEnvironment(root), TEST_DATABASE_URL: url },
    logFile: join(root, ".demo", "unit-on-postgresql.log"),
  });
  const ended = await child.exited;
  console.log(child.output().split("\n").slice(-40).join("\n"));
  return ended;
});
process.exitCode = code === 0 ? 0 : 1;
