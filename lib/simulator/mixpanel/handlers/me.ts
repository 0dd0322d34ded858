import type { Region } from "@/lib/domain/region";
import type { Call } from "@/lib/simulator/mixpanel/access";
import type { Answer } from "@/lib/simulator/mixpanel/answer";
import { isMember } from "@/lib/simulator/mixpanel/memberships";
import type { Organization, Project } from "@/lib/simulator/mixpanel/store";
import { emailOf } from "@/lib/simulator/mixpanel/wire";

const domains: Record<Region, string> = { us: "mixpanel.com", eu: "eu.mixpanel.com", in: "in.mixpanel.com" };

function writeProject(organization: Organization, project: Project) {
  return {
    id: project.id,
    name: project.name,
    organization_id: organization.id,
    timezone: project.timezone,
    domain: domains[project.region],
    type: "PROJECT",
    has_workspaces: true,
  };
}

/** Who the caller is and what it reaches. By a region's address, the organization shows only in its own region. */
export function getMe({ caller: { organization, account }, region }: Call): Answer {
  const projects = [...organization.projects.values()].filter((project) => isMember(project, account));
  const { organizationRole: role } = account;
  const sees = role !== null && (region === null || region === organization.region);
  const results = {
    user_id: account.userId,
    user_email: emailOf(account),
    organizations: sees
      ? { [organization.id]: { id: organization.id, name: organization.name, role, permissions: [] } }
      : {},
    projects: Object.fromEntries(projects.map((project) => [project.id, writeProject(organization, project)])),
    workspaces: {},
  };
  return { status: 200, body: { status: "ok", results } };
}
