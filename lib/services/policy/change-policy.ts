import { inTransaction } from "@/lib/db/in-transaction";
import { savePolicy } from "@/lib/db/policies";
import { AppError } from "@/lib/domain/app-error";
import { policyDifference } from "@/lib/domain/policy-difference";
import type { ChangePolicyInput, PolicyView } from "@/lib/domain/policy-view";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { tryRefreshFindings } from "@/lib/services/findings/refresh-findings";
import { deriveLife } from "@/lib/services/inventory/derive-life";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout, noteBroughtAbout } from "@/lib/services/organizations/once";
import { checkPatterns } from "./check-policy";
import { getPolicy } from "./get-policy";

type Request = { context: OrganizationContext; input: ChangePolicyInput; idempotencyKey: string };

/**
 * Makes this the organization's policy and judges every account by it. Throws `changed_meanwhile` when it is not the
 * version that was seen any more, and `policy_configured` where a file holds it.
 */
export async function changePolicy({ context, input, idempotencyKey: key }: Request): Promise<PolicyView> {
  const { database, organization, now } = context;
  const actor = requireOperator(context, "policy:manage");
  const before = await getPolicy(context);
  if (before.source === "file") throw new AppError("policy_configured");
  const intention = { actor, key, request: { act: "policy", organizationKey: organization.key, ...input } };
  if ((await broughtAbout(context, intention)) !== null) return before;
  checkPatterns(input.policy);
  if (before.version !== input.version) throw changedBy(before);
  const { name } = actor.operator;
  const detail = { version: input.version + 1, ...policyDifference(before.policy, input.policy) };
  const target = { targetKind: "organization", targetId: organization.key, targetName: organization.name } as const;
  await inTransaction(database, async (transaction) => {
    const event = { action: "policy.change", organizationKey: organization.key, outcome: "succeeded", detail } as const;
    await recordEvent(context, { ...event, ...target }, transaction);
    await noteBroughtAbout(context, transaction, intention, organization.key);
    const mark = { seen: input.version, by: name, at: now().toISOString() };
    if (!(await savePolicy(transaction, organization.key, input.policy, mark))) {
      throw changedBy(await getPolicy({ ...context, database: transaction }));
    }
    await deriveLife(transaction, organization.key);
  });
  await tryRefreshFindings(context);
  return getPolicy(context);
}

function changedBy({ updatedBy, updatedAt }: PolicyView): AppError {
  const who = updatedBy ?? "Somebody";
  const when = updatedAt ? ` on ${updatedAt.slice(0, 16).replace("T", " at ")} UTC` : "";
  return new AppError("changed_meanwhile", { reason: `${who} changed it${when}.` });
}
