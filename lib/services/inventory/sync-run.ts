import { holdsLease } from "@/lib/db/leases";
import { updateOrganization, updateSyncProgress } from "@/lib/db/organizations";
import type { AppError } from "@/lib/domain/app-error";
import type { Project } from "@/lib/domain/project";
import { watchRotations } from "@/lib/services/rotations/watch";
import { examineReading } from "./examine-reading";
import { type MembersRead, readAccounts, readMembers, readProjects } from "./read-upstream";
import { replaceInventory } from "./replace";
import type { SyncContext, SyncRun } from "./sync-context";
import { SyncGivenUp } from "./sync-lease";

/** Enough steps to see it move, few enough not to load the database. */
const PROGRESS_STEPS = 50;

/**
 * Reads the organization whole and makes that the stored picture. Throws an AppError when nothing could be read, and
 * then nothing was replaced.
 */
export async function runSync(context: SyncContext, run: SyncRun): Promise<"replaced" | "doubted"> {
  const { organization, database } = context;
  const { key } = organization;
  const projects = await readOwnProjects(context);
  await run.sync.keep();
  const accounts = await readAccounts(organization);
  await run.sync.keep();
  const read = await readMembers(organization, projects, progressOf(context, run, projects.length));
  const failure = hopelessFailure(projects, read);
  if (failure) throw failure;
  const { doubt, replaces, reading } = await examineReading(context, run, { accounts, projects, read });
  if (!replaces) {
    await updateOrganization(database, key, { sync_doubt: doubt, ...noProblem });
    return "doubted";
  }
  const limited = [...read.failures.values()].find(({ code }) => code === "upstream_rate_limited");
  await replaceInventory(context, key, reading, async (transaction) => {
    if (!(await holdsLease(transaction, run.sync.lease))) throw new SyncGivenUp();
    const problem = limited ? problemColumns(limited, context.now()) : noProblem;
    await updateOrganization(transaction, key, { synced_at: run.at, sync_doubt: doubt, ...problem });
  });
  await noteRotations(context);
  return doubt ? "doubted" : "replaced";
}

/** The picture is stored by now, and what it shows of rotations can be noted with the next one. */
async function noteRotations(context: SyncContext): Promise<void> {
  try {
    await watchRotations(context);
  } catch (error) {
    context.logger.error({ organization: context.organization.key, err: error }, "rotations could not be watched");
  }
}

/** Reads `/me`, keeps what it says about the credential whatever comes of the rest, and answers the projects. */
async function readOwnProjects({ database, organization, environment }: SyncContext): Promise<Project[]> {
  const { name, role, projects } = await readProjects(organization);
  const configured = environment.organizations.find(({ key }) => key === organization.key)?.name;
  await updateOrganization(database, organization.key, {
    sync_projects_total: projects.length,
    credential_role: role,
    clock_skew_ms: organization.upstream.clockSkewMs(),
    ...(configured === undefined && name !== null ? { name } : {}),
  });
  return projects;
}

function progressOf({ database, organization }: SyncContext, { sync }: SyncRun, total: number) {
  const step = Math.max(1, Math.floor(total / PROGRESS_STEPS));
  return async (done: number) => {
    await sync.keep();
    if (done % step !== 0 && done !== total) return;
    await updateSyncProgress(database, organization.key, done);
  };
}

/** Accounts without a single project's members would make every account look harmless. */
function hopelessFailure(projects: readonly Project[], { members, failures }: MembersRead): AppError | undefined {
  return projects.length > 0 && members.size === 0 ? failures.values().next().value : undefined;
}

const noProblem = { sync_problem_code: null, sync_problem_reason: null, sync_retry_at: null };
const PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** What is stored of a failure: its code, Mixpanel's reason, and when page views may cause the next try. */
export function problemColumns(error: AppError, now: Date) {
  const asked = error.details.retryAt ? Date.parse(error.details.retryAt) - now.getTime() : 0;
  const pause = Math.min(Math.max(asked, PAUSE_MS), LONGEST_PAUSE_MS);
  return {
    sync_problem_code: error.code,
    sync_problem_reason: error.details.reason ?? null,
    sync_retry_at: new Date(now.getTime() + pause).toISOString(),
  };
}
