import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrateToLatest } from "./migrate";
import { migrations } from "./migrations/all-migrations";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

const root = fileURLToPath(new URL("../../", import.meta.url));
let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase({ migrate: false });
});
afterEach(() => opened.close());

function start(): ChildProcess {
  const args = [`${root}lib/db/testing/start-replica.ts`, opened.dataDir, ...(opened.url ? [opened.url] : [])];
  return spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
}
const applied = async () =>
  (await sql<{ name: string }>`select name from schema_versions order by name`.execute(opened.database)).rows.length;

test("three processes starting at once all end well", async () => {
  const codes = await Promise.all([start(), start(), start()].map((replica) => once(replica, "exit")));
  expect(codes.map(([code]) => code)).toEqual([0, 0, 0]);
  expect(await applied()).toBe(migrations.length);
}, 90_000);

test("a process killed at any moment of its first start leaves a schema the next one completes", async () => {
  for (let round = 0; round < 6; round++) {
    const replica = start();
    const gone = once(replica, "exit");
    await once(replica.stdout!, "data");
    await new Promise((resolve) => setTimeout(resolve, round * 6));
    replica.kill("SIGKILL");
    await gone;
    await migrateToLatest(opened.database);
    expect(await applied()).toBe(migrations.length);
    const head = await opened.database.selectFrom("audit_head").selectAll().execute();
    expect(head).toMatchObject([{ id: 1, sequence: 0 }]);
    await opened.close();
    opened = await openTestDatabase({ migrate: false });
  }
}, 180_000);
