import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import { childEnvironment } from "../../../lib/simulator/demo/child-environment.mjs";
import { startUpstreamSimulator } from "../../../lib/simulator/demo/upstream-simulator.mjs";
import { simulatorControl } from "../../simulator-control";
import { upstreamOf } from "../../upstream";
import { examine, type Findings } from "../five-checks";
import { buildWorker, Replica } from "./replica";
import type { WorkerSettings } from "./task";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PROJECTS = 40;
/** An operation counts as left behind after a minute; an absence is believed after ten seconds. */
const LEFT_BEHIND_SECONDS = 61;
const SETTLED_SECONDS = 11;

export type ArenaOptions = {
  databaseUrl?: string;
  /** Where the database server keeps its files; they are searched for secrets. */
  serverFolder?: string;
  accounts: number;
  /** Moves the clocks on instead of waiting. */
  hurried: boolean;
};

/** A simulator in its own process, a database, and as many worker processes on both as are asked for. */
export async function openArena({ databaseUrl, serverFolder, accounts, hurried }: ArenaOptions) {
  const folder = mkdtempSync(join(tmpdir(), "keywarden-torture-"));
  const program = await buildWorker();
  const stored = await openTestDatabase({ migrate: false }, databaseUrl);
  const simulator = await startUpstreamSimulator({
    root,
    port: 0,
    folder,
    env: childEnvironment(root),
    options: ["--accounts", "5", "--projects", String(PROJECTS), "--no-oddities", "--latency", "4"],
  });
  const [organization] = simulator.description.organizations;
  if (!organization) throw new Error("The simulator named no organization.");
  const { organizationId, owner } = organization;
  const control = simulatorControl(simulator.description.url);
  const upstream = upstreamOf({ ...organization, key: String(organizationId) });
  const projects = (await upstream.projects()).map(({ id }) => id);
  const many = pLimit(8);
  const made = await many.map(
    Array.from({ length: accounts }, (_, index) => index),
    (index) => upstream.create({ username: `victim-${index}` }),
  );
  const settings: WorkerSettings = {
    ...(stored.url ? { databaseUrl: stored.url } : {}),
    dataDir: stored.dataDir,
    organizationId,
    baseUrl: `${simulator.description.url}/api/app`,
    username: owner.username,
    secret: owner.secret,
    encryptionKey: randomBytes(32).toString("base64"),
    aheadMs: 0,
  };
  const replicas: Replica[] = [];
  let prepared = newReplica();
  function newReplica(): Replica {
    const replica = new Replica(program);
    replicas.push(replica);
    return replica;
  }

  /** One that is up, while the one after it starts already. */
  async function next(): Promise<Replica> {
    const replica = prepared;
    prepared = newReplica();
    await replica.open(settings);
    return replica;
  }

  let current: Replica | null = null;
  const free = made.map(({ id, username }) => ({ id, name: username.split(".")[0] ?? username }));
  let turn = 0;
  const arena = {
    control,
    database: stored.database,
    /** Changes asked for so far. */
    intended: 0,
    kills: 0,
    /** Secrets that ought to have been there for their operator after a kill, and were not. */
    lostSecrets: 0,
    /** Requests of one key whose answers were not the same. */
    differing: 0,
    /** What somebody did before the torture began is nobody's operation. */
    before: (await control.ledger()).length,
    takeAccount: () => free.pop() ?? fail("There are not enough accounts."),
    takeProjects: (count: number) => {
      turn += count;
      return Array.from({ length: count }, (_, index) => projects[(turn + index) % projects.length] ?? 0);
    },
    newKey: () => randomUUID(),
    /** Gives accounts individual grants straight at Mixpanel, in one call per project, before the first sync. */
    grant: async (ids: readonly number[], projectIds: readonly number[]) => {
      for (const projectId of projectIds) {
        for (let start = 0; start < ids.length; start += 200) {
          await upstream.assignAll(ids.slice(start, start + 200), projectId, "consumer");
        }
      }
      arena.before = (await control.ledger()).length;
    },
    ledger: async () => (await control.ledger()).slice(arena.before),
    /** A further process that has just come up. */
    another: () => next(),
    /** The process that is up, after a kill a new one. */
    live: async (): Promise<Replica> => {
      current ??= await next();
      return current;
    },
    kill: async () => {
      await current?.kill();
      current = null;
      arena.kills += 1;
    },
    pass: async (seconds: number) => {
      if (!hurried) return wait(seconds * 1_000);
      settings.aheadMs += seconds * 1_000;
      await control.clock({ advanceSeconds: seconds });
    },
    /** Does what a start and an operator do about open operations until there are none, or for two minutes. */
    settle: async () => {
      await arena.pass(LEFT_BEHIND_SECONDS);
      const replica = await arena.live();
      for (let round = 0; round < 12; round += 1) {
        await replica.answer({ kind: "clock", aheadMs: settings.aheadMs });
        if ((await replica.answer({ kind: "recover" })) === 0) return;
        await arena.pass(SETTLED_SECONDS);
      }
    },
    examine: async (): Promise<Findings> =>
      examine({
        database: stored.database,
        ledger: await arena.ledger(),
        secrets: [owner.secret, organization.admin.secret, organization.project.secret, settings.encryptionKey],
        texts: Object.fromEntries(replicas.map(({ output }, index) => [`the output of process ${index}`, output])),
        files: [stored.dataDir, ...(serverFolder ? [serverFolder] : [])],
      }),
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.kill()));
      await simulator.child.stop();
      await stored.close();
      rmSync(folder, { recursive: true, force: true });
      rmSync(program, { force: true });
    },
  };
  return arena;
}
export type Arena = Awaited<ReturnType<typeof openArena>>;

function fail(message: string): never {
  throw new Error(message);
}
