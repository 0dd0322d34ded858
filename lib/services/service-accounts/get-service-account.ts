import { findAnnotation } from "@/lib/db/annotations";
import { findAccount, findMembershipsWithProjects } from "@/lib/db/service-accounts";
import { loadUsageHistories } from "@/lib/db/usage-histories";
import { AppError } from "@/lib/domain/app-error";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { toUsageView } from "@/lib/domain/usage-view";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { listPendingOperations } from "@/lib/services/operations/pending";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { toAccountRow } from "./account-row";
import { toMembershipView } from "./membership-view";

/** Everything stored about one account; throws `not_found`. A project appears once per grant. */
export async function getServiceAccount(context: OrganizationContext, accountId: number): Promise<AccountDetail> {
  const { database, organization } = context;
  const { sync, now } = await loadInventoryState(context);
  const account = await findAccount(database, organization.key, accountId);
  if (!account) throw new AppError("not_found", { reason: "No such service account is in the inventory." });
  const memberships = await findMembershipsWithProjects(database, organization.key, [accountId]);
  const annotation = await findAnnotation(database, organization.key, accountId);
  const histories = await loadUsageHistories(database, organization.key, [accountId]);
  const { leadTimeDays, overlapDays } = (await getPolicy(context)).policy.rotation;
  return {
    account: toAccountRow(account, organization),
    memberships: memberships.map(toMembershipView),
    organizationRole: account.organization_role,
    annotation,
    usage: toUsageView(histories.get(accountId), now),
    rotation: {
      leadTimeDays: annotation.leadTimeDays ?? leadTimeDays,
      overlapDays,
      fromPolicy: annotation.leadTimeDays === null,
    },
    pending: await listPendingOperations({ context, accountId }),
    sync,
  };
}
