import {
  accountIn,
  type Call,
  changeableOrganization,
  projectIn,
  requireGrantable,
  visibleProject,
} from "@/lib/simulator/mixpanel/access";
import type { Answer } from "@/lib/simulator/mixpanel/answer";
import { addBodySchema, removeBodySchema } from "@/lib/simulator/mixpanel/bodies";
import { grantIndividually, membersOf, removeIndividualGrant } from "@/lib/simulator/mixpanel/memberships";
import { parseBody } from "@/lib/simulator/mixpanel/parse-body";
import { writeMember } from "@/lib/simulator/mixpanel/wire";

export function listProjectServiceAccounts(call: Call): Answer {
  const members = membersOf(call.caller.organization, visibleProject(call));
  const results = members.map(({ account, membership }) => writeMember(account, membership));
  return { status: 200, body: { status: "ok", results } };
}

/** Everything named is looked up before anything is changed: all of it happens, or nothing does. */
export function addServiceAccountsToProjects(call: Call): Answer {
  const organization = changeableOrganization(call);
  const body = parseBody(addBodySchema, call.body);
  requireGrantable(
    call.caller,
    body.projects.map((project) => project.role),
  );
  const accounts = body.service_account_ids.map((id) => accountIn(organization, id));
  const projects = body.projects.map(({ id, role }) => ({ project: projectIn(organization, id), role }));
  for (const { project, role } of projects) {
    for (const account of accounts) grantIndividually(project, account.id, role);
  }
  return { status: 200, body: { status: "ok" }, mutation: true };
}

export function removeServiceAccountsFromProjects(call: Call): Answer {
  const organization = changeableOrganization(call);
  const body = parseBody(removeBodySchema, call.body);
  const removals = body.projects.map(({ id, service_account_ids: ids }) => ({
    project: projectIn(organization, id),
    accounts: ids.map((accountId) => accountIn(organization, accountId)),
  }));
  for (const { project, accounts } of removals) {
    for (const account of accounts) removeIndividualGrant(project, account.id);
  }
  return { status: 200, body: { status: "ok" }, mutation: true };
}
