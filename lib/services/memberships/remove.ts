import { loadMembershipsOfAccounts } from "@/lib/db/inventory";
import type { StoredAccount, StoredMembership } from "@/lib/db/inventory-rows";
import type { NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { BatchAnswer, RemoveInput, TargetResult } from "@/lib/domain/change";
import { highestMembership, isRemovable } from "@/lib/domain/membership";
import { membershipInputSchema } from "@/lib/domain/operation-detail";
import type { OperatorRole } from "@/lib/domain/operator";
import { removeServiceAccountsFromProjects } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { projectIdOf } from "@/lib/services/operations/accounts-of";
import { changeError } from "@/lib/services/operations/change-error";
import { protectOwnCredential } from "@/lib/services/operations/protect-own-credential";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { resolveAccounts, unsentResult } from "@/lib/services/operations/resolve-accounts";
import { type Plan, runBatch } from "@/lib/services/operations/run-batch";
import { splitByCeiling } from "@/lib/services/operations/split-by-ceiling";
import { carryOutMembershipChange } from "./carry-out";
import { grantWords } from "./grant-words";
import { membershipChanges } from "./membership-change";
import { readBackUnread } from "./read-back";
import { resolveProjects } from "./resolve-projects";

/** Takes individual grants away, one operation per project, and tells per account and project what Mixpanel then shows. */
export async function removeMemberships({
  context,
  input,
  idempotencyKey: key,
}: {
  context: OrganizationContext;
  input: RemoveInput;
  idempotencyKey: string;
}): Promise<BatchAnswer> {
  const actor = requireOperator(context, "membership:remove");
  const plan = () => planRemoval(context, actor.operator.role, input);
  const carryOut = (operation: NewOperation) =>
    carryOutMembershipChange(context, operation, (upstream) => {
      const accountIds = membershipInputSchema.parse(operation.input).accounts.map((account) => account.id);
      const projects = [{ id: projectIdOf(operation), accountIds }];
      return removeServiceAccountsFromProjects(upstream, { projects });
    });
  return runBatch({ context, actor, kind: "remove", input, key, plan, carryOut });
}

async function planRemoval(context: OrganizationContext, role: OperatorRole, input: RemoveInput): Promise<Plan> {
  const { organization, database, reference } = context;
  const resolved = await resolveAccounts(context, [...new Set(input.accountIds)]);
  await protectOwnCredential(context, resolved.known);
  const { allowed, unsent: above } = splitByCeiling(resolved.known, role, reference);
  const projects = await resolveProjects(context, [...new Set(input.projectIds)]);
  const ids = allowed.map((account) => account.id);
  await readBackUnread(context, [...projects.known.keys()]);
  const held = await loadMembershipsOfAccounts(database, organization.key, ids);
  const plan: Plan = { changes: [], unsent: [...resolved.unsent, ...above, ...projects.unsent] };
  for (const project of projects.known.values()) {
    const before = held.filter((row) => row.project_id === project.id);
    const individual = new Set(before.filter((row) => isRemovable(row.grant_type)).map((row) => row.account_id));
    const accounts = allowed.filter((account) => individual.has(account.id));
    plan.changes.push(...membershipChanges({ kind: "remove", project, role: null, accounts, before }));
    const others = allowed.filter((account) => !individual.has(account.id));
    plan.unsent.push(...others.map((account) => nothingToRemove(account, project, before, reference)));
  }
  return plan;
}

/** Not a member, or a member by a grant that only Mixpanel's own pages can change. */
function nothingToRemove(
  account: StoredAccount,
  project: { id: number; name: string },
  rows: readonly StoredMembership[],
  reference: string,
): TargetResult {
  const mine = rows.filter((row) => row.account_id === account.id);
  const other = highestMembership(mine.map(({ role, grant_type }) => ({ role, grant: grant_type })));
  const target = {
    accountId: account.id,
    accountName: account.name,
    projectId: project.id,
    projectName: project.name,
  };
  if (!other) return unsentResult({ ...target, outcome: "already", message: "It is not in this project." });
  const message = `It has ${other.role} here through ${grantWords(other.grant)}: change that in Mixpanel.`;
  const error = changeError(new AppError("not_removable", { reason: message }), reference);
  return unsentResult({ ...target, outcome: "skipped", role: other.role, message, error });
}
