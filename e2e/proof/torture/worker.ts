import { randomUUID } from "node:crypto";
import { listOperationsInState } from "@/lib/db/operations";
import type { CrashPoint } from "@/lib/domain/crash-point";
import type { Actor } from "@/lib/domain/operator";
import { readEnvironment } from "@/lib/env/environment";
import { openAppContext } from "@/lib/services/app/open";
import type { AppContext, OrganizationContext } from "@/lib/services/context";
import { syncOrganization } from "@/lib/services/inventory/sync";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { removeMemberships } from "@/lib/services/memberships/remove";
import { reconcileOperation } from "@/lib/services/operations/reconcile-operation";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { viewOperations } from "@/lib/services/operations/view-operations";
import { createOrganizationRegistry } from "@/lib/services/organizations/register";
import { openSecret } from "@/lib/services/secrets/open-secret";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { type Reply, settingsSchema, type Task, taskSchema, type WorkerSettings } from "./task";

/** One process of the console without its pages: real services, a real database, and steps at which it waits to be killed. */

let aheadMs = 0;
const say = (reply: Reply) => void process.send?.(reply);

function environmentOf(settings: WorkerSettings) {
  return readEnvironment({
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET: "a secret of the torture that nobody else uses",
    OIDC_ISSUER: "http://127.0.0.1:4020",
    OIDC_CLIENT_ID: "keywarden",
    OIDC_CLIENT_SECRET: "another secret of the torture",
    KEYWARDEN_ADMINISTRATOR_GROUPS: "administrators",
    KEYWARDEN_ENCRYPTION_KEY: settings.encryptionKey,
    KEYWARDEN_DATA_DIR: settings.dataDir,
    KEYWARDEN_DELETIONS_PER_HOUR: "10000",
    KEYWARDEN_LOG_LEVEL: "debug",
    DATABASE_URL: settings.databaseUrl,
    MIXPANEL_SERVICE_ACCOUNT: settings.username,
    MIXPANEL_SERVICE_ACCOUNT_SECRET: settings.secret,
    MIXPANEL_ORGANIZATION_ID: String(settings.organizationId),
    MIXPANEL_BASE_URL: settings.baseUrl,
  });
}

async function openWorker(settings: WorkerSettings): Promise<AppContext> {
  const environment = environmentOf(settings);
  const { context } = await openAppContext(environment);
  aheadMs = settings.aheadMs;
  const now = () => new Date(Date.now() + aheadMs);
  return { ...context, now, organizations: createOrganizationRegistry(environment, { now }) };
}

function contextOf(app: AppContext, name: string, crashPoint?: OrganizationContext["crashPoint"]): OrganizationContext {
  const [organization] = app.organizations.list();
  if (!organization) throw new Error("The torture has one organization.");
  const actor: Actor = {
    kind: "operator",
    operator: { id: `operator-${name}`, name, email: null, role: "administrator" },
    sessionId: `session-${name}`,
    authenticatedAt: app.now().toISOString(),
    address: null,
  };
  return { ...app, organization, actor, reference: randomUUID(), ...(crashPoint && { crashPoint }) };
}

/** Tells that the point is reached, and never goes on from there. */
function stalling(id: number, at: CrashPoint, firstOnly: boolean): OrganizationContext["crashPoint"] {
  let stalled = false;
  return (reached) => {
    if (reached !== at || (firstOnly && stalled)) return;
    stalled = true;
    say({ id, reached });
    return new Promise<never>(() => undefined);
  };
}

async function perform(app: AppContext, raw: Task): Promise<unknown> {
  const task = taskSchema.parse(raw);
  switch (task.kind) {
    case "sync":
      return syncOrganization(contextOf(app, "Ada"));
    case "clock":
      aheadMs = task.aheadMs;
      return null;
    case "recover":
      return recover(contextOf(app, "Ada"));
    case "open": {
      const context = contextOf(app, task.operator);
      const made = await app.database
        .selectFrom("operations")
        .innerJoin("sealed_secrets", "sealed_secrets.operation_id", "operations.id")
        .select("operations.id")
        .where("account_name", "=", task.name)
        .executeTakeFirst();
      return made ? (await openSecret({ context, operationId: made.id })).secret : null;
    }
    default: {
      const { id, operator, key, stallAt, stallFirst } = task;
      const context = contextOf(app, operator, stallAt && stalling(id, stallAt, stallFirst));
      const idempotencyKey = key;
      if (task.kind === "create") return createServiceAccount({ context, input: task.input, idempotencyKey });
      if (task.kind === "assign") return assignMemberships({ context, input: task.input, idempotencyKey });
      if (task.kind === "remove") return removeMemberships({ context, input: task.input, idempotencyKey });
      return deleteServiceAccounts({ context, input: task.input, idempotencyKey });
    }
  }
}

async function recover(context: OrganizationContext): Promise<number> {
  await reconcileStale(context);
  const open = () => listOperationsInState(context.database, context.organization.key, ["prepared", "sent", "unknown"]);
  for (const { id, nextStep } of await viewOperations(context, await open())) {
    if (nextStep === "reconcile") await reconcileOperation({ context, operationId: id }).catch(() => undefined);
  }
  return (await open()).length;
}

let opened: Promise<AppContext> | undefined;
process.on("message", (message: unknown) => {
  const settings = settingsSchema.safeParse(message);
  if (settings.success) {
    opened = openWorker(settings.data);
    opened.then(
      () => say({ ready: true }),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
    return;
  }
  const task = taskSchema.parse(message);
  opened
    ?.then((app) => perform(app, task))
    .then(
      (answer) => say({ id: task.id, answer }),
      (error: unknown) => {
        const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
        say({ id: task.id, error: code });
      },
    );
});
process.on("disconnect", () => process.exit());
