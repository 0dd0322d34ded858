import type { Membership } from "@/lib/domain/membership";
import type { Region } from "@/lib/domain/region";
import type { WritableRole } from "@/lib/domain/role";
import type { ServiceAccount } from "@/lib/domain/service-account";
import type { Answer } from "./call";
import type { Upstream } from "./client";
import type { Credential } from "./credential";
import { addBody, checked, createBody, pathId, removeBody } from "./outgoing";
import { accountAnswer, accountListAnswer, acknowledgement, createdAccountAnswer, memberListAnswer } from "./wire";
import { type Me, meAnswer } from "./wire-me";

export type ProjectGrant = { id: number; role: WritableRole };

const accountsPath = (upstream: Upstream) => `/organizations/${upstream.mixpanelId}/service-accounts`;
const accountPath = (upstream: Upstream, accountId: number) =>
  `${accountsPath(upstream)}/${checked(pathId, accountId)}`;

/** https://developer.mixpanel.com/reference/list-service-accounts */
export async function listServiceAccounts(upstream: Upstream): Promise<Answer<ServiceAccount[]>> {
  return upstream.call({ kind: "read", method: "GET", path: accountsPath(upstream), answer: accountListAnswer });
}

/** https://developer.mixpanel.com/reference/get-service-account */
export async function getServiceAccount(upstream: Upstream, accountId: number): Promise<Answer<ServiceAccount>> {
  const path = accountPath(upstream, accountId);
  return upstream.call({ kind: "read", method: "GET", path, answer: accountAnswer });
}

/**
 * https://developer.mixpanel.com/reference/create-service-account
 * The secret is in this answer and nowhere else, ever. `expiresAt` is an instant, null for never.
 */
export async function createServiceAccount(
  upstream: Upstream,
  input: { name: string; role: WritableRole; expiresAt: string | null; projects: ProjectGrant[] },
): Promise<Answer<{ account: ServiceAccount; secret: string }>> {
  const body = checked(createBody, input);
  const path = accountsPath(upstream);
  return upstream.call({ kind: "write", method: "POST", path, body, answer: createdAccountAnswer });
}

/** https://developer.mixpanel.com/reference/delete-service-account; one that is already absent throws `upstream_not_found`. */
export async function deleteServiceAccount(upstream: Upstream, accountId: number): Promise<Answer<null>> {
  const path = accountPath(upstream, accountId);
  return upstream.call({ kind: "write", method: "DELETE", path, answer: acknowledgement });
}

/** https://developer.mixpanel.com/reference/list-project-service-accounts, asked in the project's own region. */
export async function listProjectServiceAccounts(
  upstream: Upstream,
  project: { id: number; region: Region },
): Promise<Answer<{ accounts: ServiceAccount[]; memberships: Membership[] }>> {
  const id = checked(pathId, project.id);
  const path = `/projects/${id}/service-accounts`;
  return upstream.call({ kind: "read", method: "GET", path, region: project.region, answer: memberListAnswer(id) });
}

/** https://developer.mixpanel.com/reference/add-service-accounts-to-projects */
export async function addServiceAccountsToProjects(
  upstream: Upstream,
  input: { accountIds: number[]; projects: ProjectGrant[] },
): Promise<Answer<null>> {
  const body = checked(addBody, input);
  const path = `${accountsPath(upstream)}/add-to-project`;
  return upstream.call({ kind: "write", method: "POST", path, body, answer: acknowledgement });
}

/** https://developer.mixpanel.com/reference/remove-service-accounts-from-projects; takes away individual grants only. */
export async function removeServiceAccountsFromProjects(
  upstream: Upstream,
  input: { projects: { id: number; accountIds: number[] }[] },
): Promise<Answer<null>> {
  const body = checked(removeBody, input);
  const path = `${accountsPath(upstream)}/remove-from-project`;
  return upstream.call({ kind: "write", method: "POST", path, body, answer: acknowledgement });
}

/** Who a credential is and what it sees: the organization's own, or the one given, to try it out. */
export async function readMe(upstream: Upstream, credential?: Credential): Promise<Answer<Me>> {
  // Workspace users make the answer much slower and are not needed.
  const path = "/me?include_workspace_users=false";
  return upstream.call({ kind: "read", method: "GET", path, answer: meAnswer(upstream.region), credential });
}
