import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Database, openDatabase } from "@/lib/db/database";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import { operationsAnswerSchema } from "@/lib/domain/change";
import { syncViewSchema } from "@/lib/domain/inventory-view";
import type { OperatorRole } from "@/lib/domain/operator";
import { api } from "@/lib/paths/paths";
import { childEnvironment } from "../../lib/simulator/demo/child-environment.mjs";
import { consoleUrl, startConsole } from "../../lib/simulator/demo/console-process.mjs";
import { newSecrets } from "../../lib/simulator/demo/demo-secrets.mjs";
import { signInSettings, startIdentityProvider } from "../../lib/simulator/demo/identity-provider-process.mjs";
import { freePort } from "../../lib/simulator/demo/ports.mjs";
import { organizationEntries, startUpstreamSimulator } from "../../lib/simulator/demo/upstream-simulator.mjs";
import { identityProviderControl } from "../identity-provider-control";
import { simulatorControl } from "../simulator-control";
import { upstreamOf } from "../upstream";
import { examine, type Findings } from "./five-checks";
import { type HttpOperator, httpOperator, signInOverHttp } from "./http-operator";
import { startRelay } from "./relay";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type ProofOptions = {
  /** A database server instead of the one in TEST_DATABASE_URL; null: SQLite in any case. */
  databaseUrl?: string | null;
  /** Where SQLite's files and the logs lie, for a disk of a test's own. */
  folder?: string;
  replicas?: number;
  accounts?: number;
  projects?: number;
  environment?: Record<string, string>;
};

/** The built console in one or several processes of its own, over a simulator, an identity provider and a real database. */
export async function openProof(options: ProofOptions = {}) {
  const { replicas = 1, accounts = 40, projects = 6, environment = {} } = options;
  const server = options.databaseUrl === undefined ? process.env.TEST_DATABASE_URL : options.databaseUrl;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "keywarden-proof-"));
  const env = childEnvironment(root);
  const ports: number[] = [];
  for (let index = 0; index < replicas; index += 1) ports.push(await freePort());
  const [firstPort = 0] = ports;
  const url = consoleUrl(firstPort);
  const seeding = ["--accounts", String(accounts), "--projects", String(projects), "--no-oddities"];
  const [simulator, provider] = await Promise.all([
    startUpstreamSimulator({ root, port: 0, folder, env, options: seeding }),
    startIdentityProvider({ root, port: 0, folder, env, consoleUrl: url }),
  ]);
  const relay = await startRelay(simulator.description.url);
  const [seeded] = simulator.description.organizations;
  if (!seeded) throw new Error("The simulator named no organization.");
  const entries = organizationEntries({ ...simulator.description, organizations: [{ ...seeded, url: relay.url }] });
  const stored = server ? await openTestDatabase({ migrate: false }, server) : null;
  const secrets = newSecrets();
  const launch = async (index: number, more: Record<string, string>) =>
    startConsole({
      root,
      port: ports[index] ?? 0,
      folder: index === 0 ? folder : join(folder, `replica-${index}`),
      organizations: entries,
      secrets,
      signIn: signInSettings(provider.description),
      env: {
        ...env,
        KEYWARDEN_DELETIONS_PER_HOUR: "1000",
        ...(stored?.url ? { DATABASE_URL: stored.url } : {}),
        ...environment,
        ...more,
      },
    });
  const logFiles: string[] = [];
  let past = "";
  const consoles: Awaited<ReturnType<typeof startConsole>>[] = [];
  for (let index = 0; index < replicas; index += 1) {
    consoles.push(await launch(index, {}));
    logFiles.push(join(index === 0 ? folder : join(folder, `replica-${index}`), "logs", "console.log"));
  }
  const dataDir = join(folder, "data");
  const database: Database = stored?.database ?? (await openDatabase({ dataDir }));
  const key = String(seeded.organizationId);
  const control = simulatorControl(simulator.description.url);
  const providerControl = identityProviderControl(provider.description.issuer);
  const nameOf = (role: string) =>
    provider.description.operators.find((operator) => operator.role === role)?.signInName ?? "";
  const ownDeeds = new Set<number>();
  const output = () => past + logFiles.map((file) => readFileSync(file, "utf8")).join("");

  const proof = {
    url,
    /** Replica 0 is `url`. */
    urls: ports.map(consoleUrl),
    key,
    dialect: server ? ("postgresql" as const) : ("sqlite" as const),
    folder,
    dataDir,
    database,
    control,
    relay,
    identityProvider: providerControl,
    upstream: upstreamOf({ ...seeded, key }),
    owner: seeded.owner,
    consoles,
    output,
    signInNameOf: nameOf,
    /** Changes that were asked for so far: the ledger never holds more. */
    intended: 0,
    signIn: async (role: OperatorRole): Promise<HttpOperator> =>
      httpOperator(url, await signInOverHttp(url, nameOf(role)), role),
    /** What somebody does at Mixpanel itself, behind the console's back. */
    elsewhere: async <T>(work: () => Promise<T>): Promise<T> => {
      const before = (await control.ledger()).length;
      const result = await work();
      for (const { sequence } of (await control.ledger()).slice(before)) ownDeeds.add(sequence);
      return result;
    },
    ledger: async () => (await control.ledger()).filter(({ sequence }) => !ownDeeds.has(sequence)),
    /** Ends a replica outright. */
    kill: async (index = 0) => {
      consoles[index]?.kill("SIGKILL");
      await consoles[index]?.exited;
    },
    restart: async (index = 0, more: Record<string, string> = {}) => {
      await consoles[index]?.stop();
      past += readFileSync(logFiles[index] ?? "", "utf8");
      consoles[index] = await launch(index, more);
    },
    /** Every change of the past was made a minute earlier: what no process carries out any more counts as left behind. */
    age: async (seconds = 61) => {
      for (const { id, prepared_at, sent_at } of await openRows(database)) {
        const earlier = (at: string) => new Date(Date.parse(at) - seconds * 1_000).toISOString();
        const moved = {
          prepared_at: earlier(prepared_at),
          alive_at: null,
          ...(sent_at === null ? {} : { sent_at: earlier(sent_at) }),
        };
        await database.updateTable("operations").set(moved).where("id", "=", id).execute();
      }
    },
    /** Reads Mixpanel again on an operator's word until nothing is in doubt any more. */
    settle: async (operator: HttpOperator, patienceMs = 60_000) => {
      for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(1_000)) {
        if ((await openRows(database)).length === 0) return;
        const { operations } = operationsAnswerSchema.parse((await operator.get(api.operations(key))).body);
        for (const { id, nextStep } of operations) {
          if (nextStep === "reconcile") await operator.post(api.reconcile(key, id));
        }
      }
    },
    /** Has Mixpanel read again, and answers how that went. */
    sync: async (operator: HttpOperator, patienceMs = 120_000) => {
      const since = new Date().toISOString();
      await operator.post(api.sync(key));
      for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(50)) {
        const view = syncViewSchema.parse((await operator.get(api.sync(key))).body);
        const at = [view.asOf, view.problem?.at ?? null].filter((instant) => instant !== null);
        if (view.running) continue;
        if (view.doubt !== null || at.some((instant) => instant >= since)) return view;
        // The one that was under way when this was asked for had begun to read before.
        await operator.post(api.sync(key));
      }
      throw new Error("The sync did not come to an end.");
    },
    examine: async (): Promise<Findings & { intended: number }> => ({
      ...(await examine({
        database,
        ledger: await proof.ledger(),
        secrets: [
          seeded.owner.secret,
          seeded.admin.secret,
          seeded.project.secret,
          ...Object.values(secrets),
          provider.description.clientSecret,
        ],
        texts: { "the console's output": output() },
        files: stored ? [] : [dataDir],
      })),
      intended: proof.intended,
    }),
    stop: async () => {
      await Promise.all([...consoles, simulator.child, provider.child].map((child) => child.stop()));
      await relay.cut();
      if (stored) await stored.close().catch(() => undefined);
      else await database.destroy();
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
  const administrator = await proof.signIn("administrator");
  await proof.sync(administrator);
  return proof;
}
export type Proof = Awaited<ReturnType<typeof openProof>>;

function openRows(database: Database) {
  return database
    .selectFrom("operations")
    .select(["id", "prepared_at", "sent_at"])
    .where("state", "in", ["prepared", "sent", "unknown"])
    .execute();
}
