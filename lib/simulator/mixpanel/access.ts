import type { Region } from "@/lib/domain/region";
import { roleRank, type WritableRole } from "@/lib/domain/role";
import { Refusal } from "./answer";
import { isMember, reachesEveryProject } from "./memberships";
import type { Account, Caller, Organization, Project, World } from "./store";

export type Call = {
  world: World;
  caller: Caller;
  /** Epoch milliseconds. */
  now: number;
  /** null when the request came by the address that serves all regions. */
  region: Region | null;
  ids: { organizationId: number; accountId: number; projectId: number };
  /** The request's body as text. */
  body: Buffer;
};

function elsewhere(region: Region | null, home: Region): boolean {
  return region !== null && region !== home;
}

/** The organization in the path, if the caller sees it: 404 when unknown here, 403 when foreign or project-only. */
export function visibleOrganization({ world, caller, region, ids }: Call): Organization {
  const organization = world.organizations.get(ids.organizationId);
  if (!organization || elsewhere(region, organization.region)) {
    throw new Refusal(404, `Organization ${ids.organizationId} not found.`);
  }
  if (organization !== caller.organization) {
    throw new Refusal(403, `This service account does not belong to organization ${ids.organizationId}.`);
  }
  if (caller.account.organizationRole === null) {
    throw new Refusal(403, "This service account only has access to projects, not to the organization.");
  }
  return organization;
}

/** As `visibleOrganization`, for a change: the caller must be an owner or admin. */
export function changeableOrganization(call: Call): Organization {
  const organization = visibleOrganization(call);
  if (!reachesEveryProject(call.caller.account)) {
    throw new Refusal(403, "Only an owner or admin of the organization can manage its service accounts.");
  }
  return organization;
}

/** The project in the path, looked up in the caller's own organization: project ids may repeat in another. */
export function visibleProject({ caller, region, ids }: Call): Project {
  const project = caller.organization.projects.get(ids.projectId);
  if (!project || elsewhere(region, project.region)) {
    throw new Refusal(404, `Project ${ids.projectId} not found.`);
  }
  if (!isMember(project, caller.account)) {
    throw new Refusal(403, `This service account is not a member of project ${ids.projectId}.`);
  }
  return project;
}

/** Only an owner grants `owner`; an admin grants up to `admin`. */
export function requireGrantable(caller: Caller, roles: readonly (WritableRole | undefined)[]): void {
  const ceiling = roleRank(caller.account.organizationRole ?? "no role");
  for (const role of roles) {
    if (role && roleRank(role) > ceiling) throw new Refusal(403, `Only an owner can grant the role ${role}.`);
  }
}

export function accountIn(organization: Organization, id: number): Account {
  const account = organization.accounts.get(id);
  if (!account?.listed) throw new Refusal(404, `Service account ${id} not found.`);
  return account;
}

export function projectIn(organization: Organization, id: number): Project {
  const project = organization.projects.get(id);
  if (!project) throw new Refusal(404, `Project ${id} not found.`);
  return project;
}
