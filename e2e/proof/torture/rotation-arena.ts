import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import { readEnvironment } from "@/lib/env/environment";
import { openAppContext } from "@/lib/services/app/open";
import type { OrganizationContext } from "@/lib/services/context";
import { syncOrganization } from "@/lib/services/inventory/sync";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { handOverRotation } from "@/lib/services/rotations/hand-over";
import { startRotation } from "@/lib/services/rotations/start";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { childEnvironment } from "../../../lib/simulator/demo/child-environment.mjs";
import { startUpstreamSimulator } from "../../../lib/simulator/demo/upstream-simulator.mjs";
import { simulatorControl } from "../../simulator-control";
import { askUpstream, upstreamOf } from "../../upstream";
import { examine } from "../five-checks";
import { carryOut, type Order, type RotationAct } from "./rotation-acts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const DAYS_PASSED = 30;

export type Subject = { id: number; name: string; username: string; secret: string; rotationId: string };

/** A simulator in its own process, a database, and a console in this one that goes on where others were killed. */
export async function openRotationArena(databaseUrl?: string) {
  const folder = mkdtempSync(join(tmpdir(), "keywarden-rotations-"));
  const program = join(root, ".demo", "torture", `rotation-worker-${randomUUID()}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL("rotation-worker.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "error",
  });
  const stored = await openTestDatabase({ migrate: false }, databaseUrl);
  const simulator = await startUpstreamSimulator({
    root,
    port: 0,
    folder,
    env: childEnvironment(root),
    options: ["--accounts", "5", "--projects", "4", "--no-oddities"],
  });
  const [seeded] = simulator.description.organizations;
  if (!seeded) throw new Error("The simulator named no organization.");
  const control = simulatorControl(simulator.description.url);
  const key = String(seeded.organizationId);
  const encryptionKey = randomBytes(32).toString("base64");
  const variables = {
    ...childEnvironment(root),
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET: "a secret of the torture that nobody else uses",
    OIDC_ISSUER: "http://127.0.0.1:4020",
    OIDC_CLIENT_ID: "keywarden",
    OIDC_CLIENT_SECRET: "another secret of the torture",
    KEYWARDEN_ADMINISTRATOR_GROUPS: "administrators",
    KEYWARDEN_ENCRYPTION_KEY: encryptionKey,
    KEYWARDEN_DATA_DIR: stored.dataDir,
    KEYWARDEN_DELETIONS_PER_HOUR: "10000",
    KEYWARDEN_LOG_LEVEL: "error",
    ...(stored.url ? { DATABASE_URL: stored.url } : {}),
    MIXPANEL_SERVICE_ACCOUNT: seeded.owner.username,
    MIXPANEL_SERVICE_ACCOUNT_SECRET: seeded.owner.secret,
    MIXPANEL_ORGANIZATION_ID: key,
    MIXPANEL_BASE_URL: `${simulator.description.url}/api/app`,
  };
  const opened = await openAppContext(readEnvironment(variables));
  const [organization] = opened.context.organizations.list();
  if (!organization) throw new Error("The torture has one organization.");
  const { database } = opened.context;
  const context = (): OrganizationContext => {
    const operator = { id: "operator-Max", name: "Max", email: null, role: "manager" as const };
    const authenticatedAt = new Date().toISOString();
    const actor = { kind: "operator" as const, operator, sessionId: "session-Max", authenticatedAt, address: null };
    return { ...opened.context, organization, actor, reference: randomUUID() };
  };
  const sync = () => syncOrganization({ ...opened.context, organization });
  await sync();
  const upstream = upstreamOf({ ...seeded, key });
  const projects = (await upstream.projects()).slice(0, 2);
  let turn = 0;

  async function issue(subject: Subject): Promise<{ username: string; secret: string }> {
    const input = { accountId: subject.id, campaignId: null };
    const { rotation, created } = await startRotation({ context: context(), input, idempotencyKey: randomUUID() });
    subject.rotationId = rotation.id;
    arena.intended += 1;
    return { username: created?.account.username ?? "", secret: created?.secret ?? "" };
  }

  /** Handed over, in use, and long enough ago: the dates in the row lie back, for nobody waits that long. */
  async function watch(subject: Subject): Promise<void> {
    const replacement = await issue(subject);
    await handOverRotation({ context: context(), rotationId: subject.rotationId });
    await arena.signIn(replacement);
    await sync();
    const columns = ["handed_over_at", "proven_at", "overlap_until"] as const;
    const row = await database
      .selectFrom("rotations")
      .select(columns)
      .where("id", "=", subject.rotationId)
      .executeTakeFirstOrThrow();
    const earlier = (at: string | null) => at && new Date(Date.parse(at) - DAYS_PASSED * 86_400_000).toISOString();
    const moved = Object.fromEntries(columns.map((column) => [column, earlier(row[column])]));
    await database.updateTable("rotations").set(moved).where("id", "=", subject.rotationId).execute();
  }

  const arena = {
    database,
    key,
    program,
    variables,
    output: "",
    /** Changes that may be made so far. */
    intended: 0,
    /** A new account, brought to where the act begins. */
    arrange: async (act: RotationAct): Promise<Subject> => {
      turn += 1;
      const name = `victim-${act}-${turn}`;
      const grants = projects.map(({ id }) => ({ id, role: "consumer" as const }));
      const input = {
        name,
        purpose: "",
        role: "consumer" as const,
        expiresAt: null,
        neverReason: "torture",
        projects: grants,
      };
      const made = await createServiceAccount({ context: context(), input, idempotencyKey: randomUUID() });
      arena.intended += 1;
      const { id, username } = made.account;
      const subject = { id, name, username, secret: made.secret ?? "", rotationId: "none" };
      if (act === "reissue" || act === "cancel") await issue(subject);
      if (act === "finish" || act === "quarantine" || act === "restore") await watch(subject);
      if (act === "restore") {
        arena.intended += grants.length;
        await carryOut(context(), { act: "quarantine", accountId: id, name, rotationId: subject.rotationId });
      }
      return subject;
    },
    carryOut: (order: Order) => carryOut(context(), order),
    signIn: async ({ username, secret }: { username: string; secret: string }) =>
      (await askUpstream(simulator.description.url, { username, secret }, { path: "/me" })).status,
    /** Leases run out and what nobody carries out counts as left behind: rows grow old, and readings settle what is in doubt. */
    growOld: async () => {
      const now = new Date().toISOString();
      await database.updateTable("leases").set({ expires_at: now }).execute();
      for (let round = 0; round < 4; round += 1) {
        if ((await ageOpen(stored.database)) === 0) return;
        await reconcileStale({ ...opened.context, organization });
        await database.updateTable("leases").set({ expires_at: now }).execute();
      }
    },
    /** What was issued for it and is there now, and whether a rotation names it. */
    replacementsOf: async ({ name }: Subject) => {
      const rows = await database.selectFrom("rotations").select("replacement_id").execute();
      const named = new Set(rows.map((row) => row.replacement_id));
      const alike = (await upstream.accounts()).filter(({ username }) => username.startsWith(`${name}-2`));
      return alike.map(({ id, username }) => ({ username, named: named.has(id) }));
    },
    examine: async () =>
      examine({
        database,
        ledger: await control.ledger(),
        secrets: [seeded.owner.secret, seeded.admin.secret, seeded.project.secret, encryptionKey],
        texts: { "the output of the killed": arena.output },
        files: [stored.dataDir],
      }),
    close: async () => {
      await opened.close();
      await simulator.child.stop();
      await stored.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return arena;
}
export type RotationArena = Awaited<ReturnType<typeof openRotationArena>>;

/** Answers how many operations are still open. */
async function ageOpen(database: Awaited<ReturnType<typeof openTestDatabase>>["database"]): Promise<number> {
  const open = await database
    .selectFrom("operations")
    .select(["id", "prepared_at", "sent_at", "result"])
    .where("state", "in", ["prepared", "sent", "unknown"])
    .execute();
  const earlier = (at: string) => new Date(Date.parse(at) - 61_000).toISOString();
  for (const { id, prepared_at, sent_at, result } of open) {
    // An absence is believed only when it was seen ten seconds apart.
    const seen = result?.replace(/"firstAbsentAt":"([^"]+)"/, (_, at: string) => `"firstAbsentAt":"${earlier(at)}"`);
    const moved = { prepared_at: earlier(prepared_at), alive_at: null, ...(sent_at && { sent_at: earlier(sent_at) }) };
    await database
      .updateTable("operations")
      .set({ ...moved, ...(seen && { result: seen }) })
      .where("id", "=", id)
      .execute();
  }
  return open.length;
}
