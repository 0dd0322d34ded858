import { loadMembershipsOfAccounts } from "@/lib/db/inventory";
import type { StoredAccount, StoredMembership } from "@/lib/db/inventory-rows";
import type { NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { AssignInput, BatchAnswer, TargetResult } from "@/lib/domain/change";
import { isRemovable } from "@/lib/domain/membership";
import { membershipInputSchema } from "@/lib/domain/operation-detail";
import { type OperatorRole, withinCeiling } from "@/lib/domain/operator";
import { writableRoleSchema } from "@/lib/domain/role";
import type { Upstream } from "@/lib/mixpanel/client";
import { addServiceAccountsToProjects } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { projectIdOf } from "@/lib/services/operations/accounts-of";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { resolveAccounts, unsentResult } from "@/lib/services/operations/resolve-accounts";
import { type Plan, runBatch } from "@/lib/services/operations/run-batch";
import { splitByCeiling } from "@/lib/services/operations/split-by-ceiling";
import { carryOutMembershipChange } from "./carry-out";
import { membershipChanges } from "./membership-change";
import { readBackUnread } from "./read-back";
import { resolveProjects } from "./resolve-projects";

/** Adds accounts to projects, one operation per project, and tells per account and project what Mixpanel then shows. */
export async function assignMemberships({
  context,
  input,
  idempotencyKey: key,
}: {
  context: OrganizationContext;
  input: AssignInput;
  idempotencyKey: string;
}): Promise<BatchAnswer> {
  const actor = requireOperator(context, "membership:assign");
  const { role } = actor.operator;
  const plan = () => planAssignment(context, role, input);
  const carryOut = (operation: NewOperation) =>
    carryOutMembershipChange(context, operation, (upstream) => sendAssignment(upstream, operation, role));
  return runBatch({ context, actor, kind: "assign", input, key, plan, carryOut });
}

async function sendAssignment(upstream: Upstream, operation: NewOperation, operatorRole: OperatorRole) {
  const { accounts, role } = membershipInputSchema.parse(operation.input);
  const projects = [{ id: projectIdOf(operation), role: writableRoleSchema.parse(role) }];
  refuseRolesAbove(operatorRole, projects);
  const accountIds = accounts.map((account) => account.id);
  return addServiceAccountsToProjects(upstream, { accountIds, projects });
}

async function planAssignment(context: OrganizationContext, role: OperatorRole, input: AssignInput): Promise<Plan> {
  refuseRolesAbove(role, input.projects);
  const { organization, database, reference } = context;
  const resolved = await resolveAccounts(context, [...new Set(input.accountIds)]);
  const { allowed, unsent: above } = splitByCeiling(resolved.known, role, reference);
  const projects = await resolveProjects(
    context,
    input.projects.map(({ id }) => id),
  );
  const ids = allowed.map((account) => account.id);
  await readBackUnread(context, [...projects.known.keys()]);
  const held = await loadMembershipsOfAccounts(database, organization.key, ids);
  const plan: Plan = { changes: [], unsent: [...resolved.unsent, ...above, ...projects.unsent] };
  for (const wanted of input.projects) {
    const project = projects.known.get(wanted.id);
    if (!project) continue;
    const before = held.filter((row) => row.project_id === project.id);
    const there = accountsWithRole(before, wanted.role);
    const accounts = allowed.filter((account) => !there.has(account.id));
    plan.changes.push(...membershipChanges({ kind: "assign", project, role: wanted.role, accounts, before }));
    const already = allowed.filter((account) => there.has(account.id));
    plan.unsent.push(...already.map((account) => alreadyThere(account, project, wanted.role)));
  }
  return plan;
}

function refuseRolesAbove(role: OperatorRole, projects: AssignInput["projects"]): void {
  const index = projects.findIndex((project) => !withinCeiling(role, project.role));
  const above = projects[index];
  if (!above) return;
  const reason = `A ${role} may not grant ${above.role}. Nothing was sent.`;
  throw new AppError("role_above_ceiling", { reason, fields: { [`projects.${index}.role`]: reason } });
}

function accountsWithRole(rows: readonly StoredMembership[], role: string): Set<number> {
  const same = rows.filter((row) => isRemovable(row.grant_type) && row.role === role);
  return new Set(same.map((row) => row.account_id));
}

function alreadyThere(account: StoredAccount, project: { id: number; name: string }, role: string): TargetResult {
  return unsentResult({
    accountId: account.id,
    accountName: account.name,
    projectId: project.id,
    projectName: project.name,
    outcome: "already",
    role,
    message: `It already has ${role} here.`,
  });
}
