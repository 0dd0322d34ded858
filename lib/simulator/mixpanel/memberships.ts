import type { Account, Membership, Organization, Project } from "./store";

/** Gives the account an individual grant, or changes the role of the one it has. */
export function grantIndividually(project: Project, accountId: number, role: string): void {
  const others = (project.members.get(accountId) ?? []).filter((membership) => membership.grant !== "individual");
  project.members.set(accountId, [{ role, grant: "individual", sensitiveAccess: false }, ...others]);
}

/** Takes the individual grant away; a team's or the organization's stays, and none at all is no error. */
export function removeIndividualGrant(project: Project, accountId: number): void {
  const others = (project.members.get(accountId) ?? []).filter((membership) => membership.grant !== "individual");
  if (others.length > 0) project.members.set(accountId, others);
  else project.members.delete(accountId);
}

/** Whether the account's organization role reaches into every project. */
export function reachesEveryProject(account: Account): boolean {
  return account.organizationRole === "owner" || account.organizationRole === "admin";
}

export function isMember(project: Project, account: Account): boolean {
  return reachesEveryProject(account) || project.members.has(account.id);
}

/** One row per grant: what the project itself holds first, then the organization's owners and admins. */
export function membersOf(
  organization: Organization,
  project: Project,
): { account: Account; membership: Membership }[] {
  const rows: { account: Account; membership: Membership }[] = [];
  for (const [accountId, memberships] of project.members) {
    const account = organization.accounts.get(accountId);
    if (!account?.listed) continue;
    for (const membership of memberships) rows.push({ account, membership });
  }
  for (const account of organization.accounts.values()) {
    if (!account.listed || !account.organizationRole || !reachesEveryProject(account)) continue;
    rows.push({
      account,
      membership: { role: account.organizationRole, grant: "organization", sensitiveAccess: true },
    });
  }
  return rows;
}
