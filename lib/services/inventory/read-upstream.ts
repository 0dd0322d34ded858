import pLimit from "p-limit";
import { AppError } from "@/lib/domain/app-error";
import type { Membership } from "@/lib/domain/membership";
import type { Project } from "@/lib/domain/project";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { listProjectServiceAccounts, listServiceAccounts, readMe } from "@/lib/mixpanel/operations";
import type { Me } from "@/lib/mixpanel/wire-me";
import type { ConnectedOrganization } from "@/lib/services/context";

/** Below the connection's own limit, so that re-reads after a change do not queue behind a sync. */
const PROJECTS_AT_ONCE = 6;
/** After this many failures and not one success, nothing is to be had. */
const FAILURES_TO_GIVE_UP = 5;

/** The credential's facts and the projects of one organization, as `/me` tells them. */
export async function readProjects(organization: ConnectedOrganization) {
  const { value: me } = await readMe(organization.upstream);
  const self = me.organizations.find(({ id }) => id === organization.mixpanelId);
  return { name: self?.name ?? null, role: self?.role ?? null, projects: projectsOf(me, organization.mixpanelId) };
}

/** A project that does not name its organization is ours only if the credential sees no other. */
function projectsOf(me: Me, mixpanelId: number): Project[] {
  const seesOthers = me.organizations.some(({ id }) => id !== mixpanelId);
  return me.projects
    .filter(({ organizationId }) => organizationId === mixpanelId || (organizationId === null && !seesOthers))
    .map(({ id, name, region, timezone }) => ({ id, name, region, timezone }));
}

export async function readAccounts(organization: ConnectedOrganization): Promise<ServiceAccount[]> {
  return (await listServiceAccounts(organization.upstream)).value;
}

export type MembersRead = { members: Map<number, Membership[]>; failures: Map<number, AppError> };

/**
 * Every project's members. One project's failure is its own; after a 429, or where nothing works, the rest is not asked
 * and fails alike. `onProject` is told after each; what it throws ends the reading.
 */
export async function readMembers(
  { upstream }: ConnectedOrganization,
  projects: readonly Project[],
  onProject: (done: number) => Promise<void>,
): Promise<MembersRead> {
  const read: MembersRead = { members: new Map(), failures: new Map() };
  const limit = pLimit(PROJECTS_AT_ONCE);
  let stop: AppError | null = null;
  let broken = false;
  const readOne = async (project: Project) => {
    if (broken) return;
    try {
      if (stop) throw stop;
      const { value } = await listProjectServiceAccounts(upstream, project);
      read.members.set(project.id, value.memberships);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      read.failures.set(project.id, error);
      const hopeless = read.members.size === 0 && read.failures.size >= FAILURES_TO_GIVE_UP;
      if (hopeless || error.code === "upstream_rate_limited") stop ??= error;
    }
    await onProject(read.members.size + read.failures.size);
  };
  const guarded = async (project: Project) => {
    try {
      await readOne(project);
    } catch (error) {
      broken = true;
      throw error;
    }
  };
  const outcomes = await Promise.allSettled(projects.map((project) => limit(guarded, project)));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return read;
}
